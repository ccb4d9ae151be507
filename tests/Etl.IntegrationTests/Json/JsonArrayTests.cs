using System.Text.Json;
using Etl.Host.Json;

namespace Etl.IntegrationTests.Json;

public sealed class JsonArrayTests : IDisposable
{
    private readonly CancellationTokenSource _stopping = new();
    private readonly Output _output = new();

    public void Dispose()
    {
        _stopping.Dispose();
        _output.Dispose();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(3)]
    public void Dispose_AfterAnyNumberOfElements_EndsTheArray(int elements)
    {
        JsonArray<long> array = New();
        for (int i = 0; i < elements; i++)
        {
            array.Add(i);
        }

        array.Dispose();

        Assert.Equal(elements, Elements());
    }

    [Fact]
    public void Dispose_Twice_EndsTheArrayOnce()
    {
        JsonArray<long> array = New();

        array.Dispose();
        array.Dispose();

        Assert.Equal("[]", _output.ToString().Trim());
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task Stopping_WhileTheNextElementIsWaitedFor_EndsTheArray(int before)
    {
        using JsonArray<long> array = New();
        for (int i = 0; i < before; i++)
        {
            array.Add(i);
        }

        await _stopping.CancelAsync();
        await _output.Ended.WaitAsync(TestTimeout, TestContext.Current.CancellationToken);

        Assert.Throws<OperationCanceledException>(() => array.Add(9));
        Assert.Equal(before, Elements());
    }

    private JsonArray<long> New() => new(_output, EtlJson.Readable.Int64, _stopping.Token);

    private int Elements() => JsonDocument.Parse(_output.ToString()).RootElement.GetArrayLength();

    private sealed class Output : StringWriter
    {
        private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);

        /// <summary>Completes once the array has ended.</summary>
        public Task Ended => _ended.Task;

        public override void WriteLine(string? value)
        {
            base.WriteLine(value);
            if (value is "]" or "[]")
            {
                _ended.TrySetResult();
            }
        }
    }
}
