using System.Reflection;
using Etl.Cluster;
using Etl.Host;
using Microsoft.Extensions.Logging;
using PaletteEtl.Hosting;
using PaletteEtl.Model;

namespace Etl.IntegrationTests.Telemetry;

/// <summary>Serilog puts texts in quotes unless their place in the template ends with <c>:l</c>.</summary>
public sealed class LogTemplateTests
{
    private static readonly Assembly[] Programs = [typeof(EtlOptions).Assembly, typeof(ClusterOptions).Assembly, typeof(Program).Assembly];
    private static readonly Type[] Quoted = [typeof(string), typeof(MovieId)];

    public static TheoryData<string, string> Texts =>
    [
        .. from method in Programs.SelectMany(static program => program.GetTypes())
               .SelectMany(static type => type.GetMethods(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic | BindingFlags.DeclaredOnly))
           let template = method.GetCustomAttribute<LoggerMessageAttribute>()?.Message
           where template is not null
           from parameter in method.GetParameters()
           where Quoted.Contains(parameter.ParameterType)
           select new TheoryDataRow<string, string>(template, parameter.Name!),
    ];

    [Theory]
    [MemberData(nameof(Texts))]
    public void Templates_OfTexts_HaveNoQuotes(string template, string parameter) =>
        Assert.Contains($"{{{char.ToUpperInvariant(parameter[0])}{parameter[1..]}:l}}", template, StringComparison.Ordinal);
}
