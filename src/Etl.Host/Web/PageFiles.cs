using System.Reflection;
using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.StaticFiles;
using Microsoft.Net.Http.Headers;

namespace Etl.Host.Web;

/// <summary>The page's files, which the program carries inside.</summary>
internal static class PageFiles
{
    private const string Root = "wwwroot/";
    private static readonly Assembly Program = typeof(PageFiles).Assembly;
    private static readonly FileExtensionContentTypeProvider Types = new();

    public static void Map(WebApplication app)
    {
        foreach (string name in Program.GetManifestResourceNames().Where(static name => name.StartsWith(Root, StringComparison.Ordinal)))
        {
            string path = name[Root.Length..].Replace('\\', '/');
            byte[] content = Read(name);
            var tag = new EntityTagHeaderValue($"\"{Convert.ToHexString(SHA256.HashData(content), 0, 8)}\"");
            string type = Types.TryGetContentType(path, out string? known) ? known : "application/octet-stream";
            app.MapMethods(path == "index.html" ? "/" : $"/{path}", Endpoints.Read, (HttpContext context) =>
            {
                context.Response.Headers.CacheControl = "no-cache"; // kept, and asked for again by its tag
                return TypedResults.Bytes(content, type.StartsWith("text/", StringComparison.Ordinal) ? $"{type}; charset=utf-8" : type, entityTag: tag);
            });
        }
    }

    private static byte[] Read(string name)
    {
        using Stream resource = Program.GetManifestResourceStream(name)!;
        byte[] content = new byte[resource.Length];
        resource.ReadExactly(content);
        return content;
    }
}
