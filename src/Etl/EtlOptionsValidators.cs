using Microsoft.Extensions.Options;

namespace Etl;

/// <summary>Rules over a single option, as their attributes state them.</summary>
[OptionsValidator]
internal sealed partial class EtlOptionsValidator : IValidateOptions<EtlOptions>;

/// <summary>Rules over several options.</summary>
internal sealed class EtlOptionsConsistency : IValidateOptions<EtlOptions>
{
    public ValidateOptionsResult Validate(string? name, EtlOptions options)
    {
        var problems = new ValidateOptionsResultBuilder();
        RequireRoom(problems, "Fetch", options.Fetch);
        RequireRoom(problems, "Decode", options.Decode);
        RequireRoom(problems, "Quantize", options.Quantize);
        if (options.Fetch.MaxCoverBytes > options.Fetch.MemoryBudgetBytes)
        {
            problems.AddError(
                $"{options.Fetch.MaxCoverBytes} exceeds Fetch:MemoryBudgetBytes ({options.Fetch.MemoryBudgetBytes}); "
                + "one cover must fit into the budget",
                "Fetch:MaxCoverBytes");
        }

        for (int i = 0; i < options.Fetch.Locations.Count; i++)
        {
            if (Fetch.LocationTemplate.Problem(options.Fetch.Locations[i]) is { } problem)
            {
                problems.AddError(problem, $"Fetch:Locations:{i}");
            }
        }

        return problems.Build();
    }

    private static void RequireRoom(ValidateOptionsResultBuilder problems, string stage, Pipeline.StageOptions options)
    {
        if (options.BoundedCapacity < options.DegreeOfParallelism)
        {
            problems.AddError(
                $"{options.BoundedCapacity} is less than {stage}:DegreeOfParallelism ({options.DegreeOfParallelism}); "
                + "a stage holds at least what it works on",
                $"{stage}:BoundedCapacity");
        }
    }
}
