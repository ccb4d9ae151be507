using System.Net.Sockets;
using System.Text;

namespace Etl.LongTests.Service;

/// <summary>Has another .NET process collect all of its garbage, by the protocol of diagnostic ports: a session with the keyword
/// <c>GCHeapCollect</c> begins with a full collection. <c>ipc-protocol.md</c> of dotnet/diagnostics describes it.</summary>
internal static class FullCollection
{
    private const byte EventPipe = 2, CollectTracing = 2;
    private const uint BufferMegabytes = 16, NetTrace = 1, Informational = 4;
    private const ulong HeapCollect = 0x800000;
    private const int HeaderSize = 20;

    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(2);

    /// <summary>Completes once the process has collected.</summary>
    /// <param name="process">The id of the process.</param>
    public static async Task RunAsync(int process)
    {
        string port = Directory.EnumerateFiles(Path.GetTempPath(), $"dotnet-diagnostic-{process}-*-socket").Single();
        using var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(port));
        await socket.SendAsync(Request());
        byte[] events = new byte[1 << 16];
        using var timeout = new CancellationTokenSource(TestTimeout);
        while (await socket.ReceiveAsync(events, timeout.Token) > 0)
        {
            if (!socket.Poll(Quiet, SelectMode.SelectRead))
            {
                return; // the events of the collection are all there
            }
        }
    }

    private static byte[] Request()
    {
        using var request = new MemoryStream();
        using var writer = new BinaryWriter(request, Encoding.Unicode);
        byte[] provider = Encoding.Unicode.GetBytes("Microsoft-Windows-DotNETRuntime\0");
        int size = HeaderSize + (6 * sizeof(uint)) + sizeof(ulong) + provider.Length;
        writer.Write("DOTNET_IPC_V1\0"u8);
        writer.Write((ushort)size);
        writer.Write(EventPipe);
        writer.Write(CollectTracing);
        writer.Write((ushort)0);
        writer.Write(BufferMegabytes);
        writer.Write(NetTrace);
        writer.Write(1u); // provider
        writer.Write(HeapCollect);
        writer.Write(Informational);
        writer.Write((uint)(provider.Length / sizeof(char)));
        writer.Write(provider);
        writer.Write(0u); // characters of its filter
        return request.ToArray();
    }
}
