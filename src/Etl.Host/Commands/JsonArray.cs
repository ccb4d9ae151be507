using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Etl.Host.Commands;

/// <summary>Writes a JSON array, a line an element, each as soon as it is there.</summary>
internal sealed class JsonArray<T>(TextWriter output, JsonTypeInfo<T> type)
{
    private bool _any;

    public void Add(T element)
    {
        output.WriteLine(_any ? "," : "[");
        output.Write(JsonSerializer.Serialize(element, type));
        _any = true;
    }

    public void End()
    {
        if (_any)
        {
            output.WriteLine();
        }

        output.WriteLine(_any ? "]" : "[]");
    }
}
