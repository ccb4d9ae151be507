// Palettes in a TPL Dataflow graph of one's own: dotnet run --project examples/dataflow-block demo/covers
using System.Threading.Tasks.Dataflow;
using PaletteEtl.Hosting;

var link = new DataflowLinkOptions { PropagateCompletion = true };
IPropagatorBlock<string, CoverPalette<string>> extract =
    new PaletteExtractor().CreateBlock<string>(static (path, _) => new(File.OpenRead(path)));
var format = new TransformBlock<CoverPalette<string>, string>(
    static cover => $"{Path.GetFileName(cover.Item)}: {(cover.HasPalette ? cover.Extracted.Palette.ToJson() : cover.Failure.Message)}",
    new ExecutionDataflowBlockOptions { BoundedCapacity = 16 });
var print = new ActionBlock<string>(Console.WriteLine, new ExecutionDataflowBlockOptions { BoundedCapacity = 16 });

extract.LinkTo(format, link);
format.LinkTo(print, link);
foreach (string path in Directory.EnumerateFiles(args[0]))
{
    await extract.SendAsync(path); // waits while the block is full
}

extract.Complete();
await print.Completion;
