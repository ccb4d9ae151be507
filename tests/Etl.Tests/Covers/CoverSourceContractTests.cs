using Etl.Contracts.Covers;
using PaletteEtl.Covers;

namespace Etl.Tests.Covers;

/// <summary>Each source of covers holds to the contract.</summary>
public static class CoverSourceContractTests
{
    public sealed class Memory : CoverSourceContract
    {
        private readonly MemoryCovers _covers = new();

        protected override ICoverSource Covers => _covers;

        protected override void Put(string id, byte[] bytes) => _covers.Put(id, bytes);
    }

    public sealed class Files : CoverSourceContract, IDisposable
    {
        private readonly TempFolder _folder = new();
        private readonly TestCovers _covers;
        private int _changes;

        public Files() => _covers = new TestCovers(_folder["{id}.jpg"]) { Options = { Fetch = { MaxCoverBytes = MaxCoverBytes } } };

        protected override ICoverSource Covers => _covers.Source;

        protected override void Put(string id, byte[] bytes) =>
            File.SetLastWriteTimeUtc(_folder.Write($"{id}.jpg", bytes), new DateTime(2025, 1, 1, 0, 0, ++_changes, DateTimeKind.Utc));

        public void Dispose()
        {
            _covers.Dispose();
            _folder.Dispose();
        }
    }

    public sealed class Http : CoverSourceContract, IAsyncLifetime
    {
        private readonly TaggedCovers _served = new();
        private CoverServer? _server;
        private TestCovers? _covers;

        protected override ICoverSource Covers => _covers!.Source;

        protected override void Put(string id, byte[] bytes) => _served.Put($"/{id}.jpg", bytes);

        public async ValueTask InitializeAsync()
        {
            _server = await CoverServer.StartAsync(_served.AnswerAsync);
            _covers = new TestCovers($"{_server.Url}/{{id}}.jpg") { Options = { Fetch = { MaxCoverBytes = MaxCoverBytes } } };
        }

        public async ValueTask DisposeAsync()
        {
            _covers!.Dispose();
            await _server!.DisposeAsync();
        }
    }
}
