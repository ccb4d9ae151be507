using System.Reflection;
using System.Runtime.CompilerServices;
using Etl.Contracts;
using Etl.Contracts.Covers;
using Etl.Contracts.Palettes;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using PaletteEtl.Catalogue;
using PaletteEtl.Hosting;
using PaletteEtl.Model;
using PaletteEtl.Pipeline;

namespace Etl.IntegrationTests.Library;

/// <summary>Pipelines over stores, covers and quantizers of another program, which sees the public surface alone.</summary>
public sealed class OwnStoreTests : IDisposable
{
    private readonly DirectoryInfo _folder = Directory.CreateTempSubdirectory("etl-own-store-");

    public void Dispose() => _folder.Delete(recursive: true);

    [Fact]
    public async Task RunAsync_OwnPorts_RunsWithoutADatabase()
    {
        var catalogue = new MemoryCatalogue();
        var covers = new MemoryCovers();
        foreach (string id in (ReadOnlySpan<string>)["a", "b", "broken", "absent"])
        {
            catalogue.Set(new MovieId(id));
        }

        covers.Put("a", Asset.Bytes("baseline.jpg"));
        covers.Put("b", Asset.Bytes("picture.bmp"));
        covers.Put("broken", [1, 2, 3]);
        await using ServiceProvider services = new ServiceCollection()
            .AddEtl(Configuration(), etl =>
            {
                etl.Movies.Use(_ => catalogue);
                etl.Covers.Use(_ => covers);
                etl.Quantizer.Use(_ => new MeanColorQuantizer());
                etl.Sink.Use(_ => catalogue);
            })
            .BuildServiceProvider();
        EtlPipeline pipeline = services.GetRequiredService<EtlPipeline>();

        RunReport first = await pipeline.RunAsync().WaitAsync(TestTimeout);
        RunReport second = await pipeline.RunAsync().WaitAsync(TestTimeout);

        Assert.Equal((4, 2, 2), (first.Read, first.Written, first.DeadLetters));
        Assert.Equal((2, 1, 1), (second.Read, second.DeadLetters, second.Skipped)); // the broken cover has not changed
        Assert.All(catalogue.Movies.Take(2), movie => Assert.Equal((1, true), (movie.Value!.Value.Count, movie.Value.Value.HasPopulation)));
        Assert.Equal(
            [new ReasonCount("not_found", 1), new ReasonCount("unsupported_format", 1)], ((IDeadLetters)catalogue).CountByReason());
        Assert.Empty(_folder.EnumerateFileSystemInfos());
    }

    [Fact]
    public void Contracts_OfThePorts_SeeThePublicSurfaceAlone()
    {
        IEnumerable<string> friends =
            typeof(EtlPipeline).Assembly.GetCustomAttributes<InternalsVisibleToAttribute>().Select(friend => friend.AssemblyName);

        Assert.DoesNotContain(typeof(MemoryCatalogue).Assembly.GetName().Name, friends);
    }

    private IConfiguration Configuration() => new ConfigurationBuilder()
        .AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Etl:Query:Database"] = Path.Combine(_folder.FullName, "none.db"),
            ["Etl:Fetch:Locations:0"] = Path.Combine(AppContext.BaseDirectory, "Assets", "{id}.jpg"),
        })
        .Build();
}
