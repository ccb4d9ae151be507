using System.Globalization;
using System.Text;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace Etl.IntegrationTests.Docs;

/// <summary>Compiles snippets against the library and the packages that the documents name.</summary>
internal static class SnippetCompiler
{
    /// <summary>The namespaces that the SDK imports into a program.</summary>
    private const string ImplicitUsings = """
        global using System;
        global using System.Collections.Generic;
        global using System.IO;
        global using System.Linq;
        global using System.Net.Http;
        global using System.Threading;
        global using System.Threading.Tasks;
        """;

    private static readonly CSharpParseOptions Language = new(LanguageVersion.Preview);

    private static readonly MetadataReference[] References =
    [
        .. ((string)AppContext.GetData("TRUSTED_PLATFORM_ASSEMBLIES")!).Split(Path.PathSeparator)
            .Select(static path => MetadataReference.CreateFromFile(path)),
    ];

    /// <summary>The errors and warnings of a snippet, with file and line of its document.</summary>
    public static IEnumerable<Diagnostic> Compile(Snippet snippet) => CSharpCompilation.Create(
            "Snippet",
            [CSharpSyntaxTree.ParseText(ImplicitUsings, Language), CSharpSyntaxTree.ParseText(SourceOf(snippet), Language)],
            References,
            new CSharpCompilationOptions(OutputKind.DynamicallyLinkedLibrary, nullableContextOptions: NullableContextOptions.Enable)
                .WithSpecificDiagnosticOptions([new("CS1701", ReportDiagnostic.Suppress)])) // as in the SDK: an assembly of a lower version is meant
        .GetDiagnostics()
        .Where(static problem => problem.Severity >= DiagnosticSeverity.Warning);

    /// <summary>The statements as the body of a method with <c>args</c> and the given names.</summary>
    private static string SourceOf(Snippet snippet)
    {
        var source = new StringBuilder();
        foreach ((int line, string text) in snippet.Usings)
        {
            Append(snippet.Page, line, text);
        }

        source.AppendLine("internal static class Program {");
        source.AppendLine(CultureInfo.InvariantCulture, $"public static async Task RunAsync(string[] args{(snippet.Given.Length > 0 ? $", {snippet.Given}" : "")}) {{");
        Append(snippet.Page, snippet.Line, string.Join('\n', snippet.Statements));
        source.AppendLine("#line hidden").AppendLine("await Task.CompletedTask; } }"); // a snippet may await nothing
        return source.ToString();

        void Append(string page, int line, string text) =>
            source.AppendLine(CultureInfo.InvariantCulture, $"#line {line} \"{page}\"").AppendLine(text).AppendLine("#line default");
    }
}
