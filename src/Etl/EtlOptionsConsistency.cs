using Microsoft.Extensions.Options;

namespace Etl;

/// <summary>Rules over several options.</summary>
internal sealed class EtlOptionsConsistency : IValidateOptions<EtlOptions>
{
    public ValidateOptionsResult Validate(string? name, EtlOptions options)
    {
        var problems = new ValidateOptionsResultBuilder();
        RequireRoom(problems, "Etl:Fetch", options.Fetch);
        RequireRoom(problems, "Etl:Decode", options.Decode);
        RequireRoom(problems, "Etl:Quantize", options.Quantize);
        if (options.Fetch.MaxCoverBytes > options.Fetch.MemoryBudgetBytes)
        {
            problems.AddError(
                "Etl:Fetch:MaxCoverBytes must be at most Etl:Fetch:MemoryBudgetBytes, "
                + $"which is {options.Fetch.MemoryBudgetBytes}, for one cover must fit into the budget; "
                + $"found {options.Fetch.MaxCoverBytes}");
        }

        for (int i = 0; i < options.Fetch.Locations.Count; i++)
        {
            if (Fetch.LocationTemplate.Problem(options.Fetch.Locations[i]) is { } problem)
            {
                problems.AddError($"Etl:Fetch:Locations:{i} is no location: {problem}");
            }
        }

        return problems.Build();
    }

    private static void RequireRoom(ValidateOptionsResultBuilder problems, string stage, Pipeline.StageOptions options)
    {
        if (options.BoundedCapacity < options.DegreeOfParallelism)
        {
            problems.AddError(
                $"{stage}:BoundedCapacity must be at least {stage}:DegreeOfParallelism, which is {options.DegreeOfParallelism}, "
                + $"for a stage holds what it works on; found {options.BoundedCapacity}");
        }
    }
}
