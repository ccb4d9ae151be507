using System.Buffers.Binary;
using System.Text;

namespace Etl.Tests.Support.Otlp;

/// <summary>A message in the protobuf wire format, its fields told apart by number.</summary>
internal sealed class ProtoMessage
{
    private readonly List<(int Field, ulong Number, ReadOnlyMemory<byte> Bytes)> _fields = [];

    public ProtoMessage(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            ulong key = Varint(ref bytes);
            _fields.Add((key & 7) switch
            {
                0 => ((int)(key >> 3), Varint(ref bytes), default),
                1 => ((int)(key >> 3), BinaryPrimitives.ReadUInt64LittleEndian(Take(ref bytes, 8).Span), default),
                2 => ((int)(key >> 3), 0, Take(ref bytes, (int)Varint(ref bytes))),
                5 => ((int)(key >> 3), BinaryPrimitives.ReadUInt32LittleEndian(Take(ref bytes, 4).Span), default),
                var type => throw new InvalidDataException($"There is no wire type {type}."),
            });
        }
    }

    public bool Has(int field) => _fields.Any(one => one.Field == field);

    public IEnumerable<ProtoMessage> Messages(int field) =>
        _fields.Where(one => one.Field == field).Select(one => new ProtoMessage(one.Bytes));

    public ProtoMessage Message(int field) => Messages(field).FirstOrDefault() ?? new ProtoMessage(default);

    public string Text(int field) => Encoding.UTF8.GetString(Bytes(field));

    public string Hex(int field) => Convert.ToHexStringLower(Bytes(field));

    public long Number(int field) => (long)_fields.LastOrDefault(one => one.Field == field).Number;

    public double Double(int field) => BitConverter.Int64BitsToDouble(Number(field));

    /// <summary>The numbers of eight bytes each of a packed field.</summary>
    public long[] Numbers(int field) =>
        [.. Bytes(field).ToArray().Chunk(8).Select(chunk => BinaryPrimitives.ReadInt64LittleEndian(chunk))];

    private ReadOnlySpan<byte> Bytes(int field) => _fields.LastOrDefault(one => one.Field == field).Bytes.Span;

    private static ulong Varint(ref ReadOnlyMemory<byte> bytes)
    {
        ulong value = 0;
        for (int shift = 0; ; shift += 7)
        {
            byte one = Take(ref bytes, 1).Span[0];
            value |= (ulong)(one & 0x7F) << shift;
            if (one < 0x80)
            {
                return value;
            }
        }
    }

    private static ReadOnlyMemory<byte> Take(ref ReadOnlyMemory<byte> bytes, int count)
    {
        ReadOnlyMemory<byte> taken = bytes[..count];
        bytes = bytes[count..];
        return taken;
    }
}
