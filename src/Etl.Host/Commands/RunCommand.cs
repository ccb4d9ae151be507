using System.CommandLine;
using Etl.Pipeline;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Serilog.Events;

namespace Etl.Host.Commands;

/// <summary><c>etl run</c>: fills in every missing palette, once.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var shared = new SharedOptions();
        var command = new Command("run", "Fills in every missing palette. Example: etl run --config etl.json --limit 1000");
        shared.AddTo(command);
        command.Does(async parsed =>
        {
            using IHost host = EtlServices.Build(shared.Load(parsed), LogEventLevel.Information);
            RunReport report = await host.Services.GetRequiredService<EtlPipeline>().RunAsync();
            Console.WriteLine(report);
            foreach (StageReport stage in report.Stages)
            {
                Console.WriteLine(stage);
            }

            return ExitCodes.Done;
        });
        return command;
    }
}
