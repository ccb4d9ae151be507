using System.Diagnostics;
using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Etl.Host.Bench;
using Etl.Host.Commands;
using Microsoft.Data.Sqlite;

namespace Etl.Benchmarks;

/// <summary><c>listeners</c>: what pages and scrapes cost a service. A real <c>etl serve</c> fills in the same catalogue again and
/// again, in turns left alone and with listeners to its events and a scrape every second.</summary>
/// <remarks>On Linux the service has one processor to itself and the listeners have another, as if they were elsewhere.</remarks>
internal static partial class ListenerCost
{
    private const int Rounds = 7;

    /// <param name="arguments">The number of movies, and that of listeners.</param>
    public static async Task RunAsync(string[] arguments)
    {
        int movies = arguments.Length > 0 ? int.Parse(arguments[0], CultureInfo.InvariantCulture) : 2_000;
        int listeners = arguments.Length > 1 ? int.Parse(arguments[1], CultureInfo.InvariantCulture) : 200;
        using var catalogues = new Catalogues();
        DemoFolder.Create(catalogues.Folder, movies);
        using Process service = Start(catalogues);
        try
        {
            using HttpClient client = await ClientAsync(service);
            await FinishedAsync(client, run: 1);
            Execute(catalogues, "DELETE FROM movies WHERE palette_json IS NULL OR palette_json = ''"); // broken covers would be retried meanwhile

            List<Speed> alone = [], listened = [];
            for (int round = 0; round < Rounds; round++)
            {
                alone.Add(await OfRunAsync(catalogues, service, client));
                await using var crowd = new Crowd(client, listeners);
                listened.Add(await OfRunAsync(catalogues, service, client));
                Console.WriteLine($"{Speeds.Text("alone", alone[^1])}   {Speeds.Text("listeners", listened[^1])}   {crowd.Events} events, {crowd.Scrapes} scrapes");
            }

            Speeds.Compare($"{listeners} listeners and a scrape a second against none", listened, alone);
        }
        finally
        {
            service.Kill();
        }
    }

    private static Process Start(Catalogues catalogues)
    {
        string program = Path.Combine(AppContext.BaseDirectory, "etl");
        string[] arguments =
        [
            "serve", "--urls", "http://127.0.0.1:0", "--set", $"Etl:Query:Database={catalogues.Database}",
            "--set", $"Etl:Fetch:Locations:0={Path.Combine(catalogues.Folder, "covers", "{id}.jpg")}",
        ];
        ProcessStartInfo start = OperatingSystem.IsLinux()
            ? new("taskset", ["-c", "0", program, .. arguments])
            : new(program, arguments);
        start.RedirectStandardError = true;
        Process service = Process.Start(start)!;
        if (OperatingSystem.IsLinux())
        {
            using Process others = Process.Start("taskset", ["-a", "-c", "-p", "1", Environment.ProcessId.ToString(CultureInfo.InvariantCulture)]);
            others.WaitForExit();
        }

        return service;
    }

    private static async Task<HttpClient> ClientAsync(Process service)
    {
        while (await service.StandardError.ReadLineAsync() is { } line)
        {
            if (Address().Match(line) is { Success: true } address)
            {
                _ = service.StandardError.ReadToEndAsync(); // so that it does not wait to be read
                return new HttpClient(new SocketsHttpHandler { MaxConnectionsPerServer = int.MaxValue }) { BaseAddress = new Uri(address.Value) };
            }
        }

        throw new InvalidOperationException("The service did not start.");
    }

    private static async Task<Speed> OfRunAsync(Catalogues catalogues, Process service, HttpClient client)
    {
        int run = (await StatusAsync(client)).GetProperty("totals").GetProperty("runs").GetInt32() + 1;
        TimeSpan before = service.TotalProcessorTime;
        Execute(catalogues, "UPDATE movies SET palette_json = NULL");

        JsonElement ended = await FinishedAsync(client, run);
        service.Refresh();
        return new Speed(
            ended.GetProperty("written").GetInt32(),
            TimeSpan.FromSeconds(ended.GetProperty("elapsedSeconds").GetDouble()),
            service.TotalProcessorTime - before);
    }

    private static void Execute(Catalogues catalogues, string sql)
    {
        using SqliteConnection connection = catalogues.Open();
        using SqliteCommand command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }

    /// <summary>Waits for the end of a run.</summary>
    private static async Task<JsonElement> FinishedAsync(HttpClient client, int run)
    {
        while (true)
        {
            JsonElement found = (await StatusAsync(client)).GetProperty("run");
            if (found.ValueKind == JsonValueKind.Object
                && found.GetProperty("number").GetInt32() >= run
                && found.GetProperty("ending").GetString() != "running")
            {
                return found;
            }

            await Task.Delay(TimeSpan.FromMilliseconds(500));
        }
    }

    private static async Task<JsonElement> StatusAsync(HttpClient client)
    {
        using JsonDocument status = JsonDocument.Parse(await client.GetStringAsync(new Uri("/api/status", UriKind.Relative)));
        return status.RootElement.Clone();
    }

    [GeneratedRegex(@"http://127\.0\.0\.1:\d+")]
    private static partial Regex Address();

    /// <summary>Listeners, and one who scrapes.</summary>
    private sealed class Crowd : IAsyncDisposable
    {
        private readonly CancellationTokenSource _over = new();
        private readonly Task _all;
        private long _events;

        public Crowd(HttpClient client, int listeners) => _all = Task.WhenAll(
            Enumerable.Range(0, listeners).Select(_ => ListenAsync(client)).Append(ScrapeAsync(client)));

        public long Events => Interlocked.Read(ref _events);

        public int Scrapes { get; private set; }

        public async ValueTask DisposeAsync()
        {
            await _over.CancelAsync();
            await _all.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            _over.Dispose();
        }

        private async Task ListenAsync(HttpClient client)
        {
            using Stream events = await client.GetStreamAsync(new Uri("/api/events", UriKind.Relative), _over.Token);
            byte[] buffer = new byte[16 << 10];
            while (await events.ReadAsync(buffer, _over.Token) > 0)
            {
                Interlocked.Increment(ref _events);
            }
        }

        private async Task ScrapeAsync(HttpClient client)
        {
            using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1));
            while (await timer.WaitForNextTickAsync(_over.Token))
            {
                await client.GetStringAsync(new Uri("/metrics", UriKind.Relative), _over.Token);
                Scrapes++;
            }
        }
    }
}
