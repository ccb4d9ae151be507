using BenchmarkDotNet.Attributes;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Options;
using Microsoft.Win32.SafeHandles;
using PaletteEtl.Covers;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.Benchmarks;

/// <summary>Reading a cover of 100 KB from a folder: bare, and as fetch does, whether links are followed or looked into.</summary>
[MemoryDiagnoser]
public class FetchBenchmarks
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-fetch-");
    private static readonly MovieId Id = new(1L);

    private readonly MemoryBudget _budget = new(1 << 20);
    private readonly List<ServiceProvider> _services = [];
    private string _path = "";
    private ICoverSource? _following;
    private ICoverSource? _checking;

    [GlobalSetup]
    public void Write()
    {
        _path = Path.Combine(_folder.FullName, "1.jpg");
        File.WriteAllBytes(_path, new byte[100_000]);
        (_following, _checking) = (Source(followLinks: true), Source(followLinks: false));
    }

    [GlobalCleanup]
    public void Delete()
    {
        _services.ForEach(static services => services.Dispose());
        _folder.Delete(recursive: true);
    }

    [Benchmark(Baseline = true)]
    public int Bare()
    {
        using SafeFileHandle file = File.OpenHandle(_path);
        using var data = new NativeBuffer((int)RandomAccess.GetLength(file));
        return RandomAccess.Read(file, data.GetSpan(), 0);
    }

    [Benchmark]
    public async Task<int> FollowsLinks() => await FetchAsync(_following!);

    [Benchmark]
    public async Task<int> LooksIntoLinks() => await FetchAsync(_checking!);

    private async Task<int> FetchAsync(ICoverSource source)
    {
        using Cover cover = (await source.FetchAsync(new Movie(default, Id), new Reservation(_budget), CancellationToken.None)).Cover!;
        return cover.Data.Length;
    }

    private ICoverSource Source(bool followLinks)
    {
        var options = new EtlOptions
        {
            Fetch = { Locations = [Path.Combine(_folder.FullName, "{id}.jpg")], FollowLinks = followLinks },
        };
        ServiceProvider services = new ServiceCollection()
            .AddSingleton(Options.Create(options))
            .AddCoverClient()
            .AddSingleton(new EtlBuilder().Covers.Create)
            .BuildServiceProvider();
        _services.Add(services);
        return services.GetRequiredService<ICoverSource>();
    }
}
