using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Etl.Host.Json;

/// <summary>Writes a JSON array, a line an element, each as soon as it is there. The array ends when it is disposed or the command
/// is stopping, so that the output is valid JSON after a failure or an interruption too.</summary>
internal sealed class JsonArray<T> : IDisposable
{
    private readonly TextWriter _output;
    private readonly JsonTypeInfo<T> _type;
    private readonly CancellationToken _stopping;
    private readonly CancellationTokenRegistration _registration;
    private readonly Lock _gate = new();
    private bool _any;
    private bool _ended;

    /// <param name="output">The destination of the array.</param>
    /// <param name="type">The JSON contract of an element.</param>
    /// <param name="stopping">Ends the array, even while the command waits for its next element.</param>
    public JsonArray(TextWriter output, JsonTypeInfo<T> type, CancellationToken stopping)
    {
        (_output, _type, _stopping) = (output, type, stopping);

        // On another thread, because a blocked output must not block the caller that stops the command.
        _registration = stopping.Register(() => ThreadPool.QueueUserWorkItem(static array => array.End(), this, preferLocal: false));
    }

    /// <exception cref="OperationCanceledException">The command is stopping, and the array has ended.</exception>
    public void Add(T element)
    {
        string text = JsonSerializer.Serialize(element, _type);
        lock (_gate)
        {
            if (_ended)
            {
                throw new OperationCanceledException(_stopping);
            }

            _output.WriteLine(_any ? "," : "[");
            _output.Write(text);
            _output.Flush();
            _any = true;
        }
    }

    public void Dispose()
    {
        _registration.Dispose();
        End();
    }

    private void End()
    {
        lock (_gate)
        {
            if (_ended)
            {
                return;
            }

            _ended = true;
            if (_any)
            {
                _output.WriteLine();
            }

            _output.WriteLine(_any ? "]" : "[]");
            _output.Flush();
        }
    }
}
