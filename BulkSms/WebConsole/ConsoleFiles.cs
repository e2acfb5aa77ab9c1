using System.Reflection;
using System.Security.Cryptography;

namespace BulkSms.WebConsole;

/// <summary>The console as the build embedded it, compressed once and for all.</summary>
public sealed class ConsoleFiles
{
    private const string Folder = "console/";
    private const int TagBytes = 12;

    private static readonly Dictionary<string, string> ContentTypes = new(StringComparer.Ordinal)
    {
        [".html"] = "text/html; charset=utf-8",
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".txt"] = "text/plain; charset=utf-8",
    };

    /// <summary>What the build puts after a file's name, by content coding.</summary>
    private static readonly (string Coding, string Suffix)[] Suffixes = [(ConsoleFile.AsItIs, ""), (ConsoleFile.Brotli, ".br"), (ConsoleFile.Gzip, ".gz")];

    private readonly Dictionary<string, ConsoleFile> byName;

    public ConsoleFiles()
        : this(typeof(ConsoleFiles).Assembly)
    {
    }

    /// <param name="assembly">Has the files embedded, or none.</param>
    public ConsoleFiles(Assembly assembly) => byName = assembly.GetManifestResourceNames()
        .Where(name => name.StartsWith(Folder, StringComparison.Ordinal) && ContentTypes.ContainsKey(Path.GetExtension(name)))
        .ToDictionary(name => name[Folder.Length..], name => Read(assembly, name), StringComparer.Ordinal);

    /// <summary>Whether this build has the console: it was built where Node.js is.</summary>
    public bool Any => byName.Count > 0;

    public IReadOnlyCollection<string> Names => byName.Keys;

    public ConsoleFile? Find(string name) => byName.GetValueOrDefault(name);

    private static ConsoleFile Read(Assembly assembly, string name)
    {
        var versions = new Dictionary<string, ConsoleFileVersion>(StringComparer.Ordinal);
        foreach (var (coding, suffix) in Suffixes)
        {
            if (Bytes(assembly, name + suffix) is { } content)
            {
                versions.Add(coding, new(content, TagOf(content)));
            }
        }

        return new(ContentTypes[Path.GetExtension(name)], versions);
    }

    private static byte[]? Bytes(Assembly assembly, string resource)
    {
        using var stream = assembly.GetManifestResourceStream(resource);
        if (stream is null)
        {
            return null;
        }

        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }

    private static string TagOf(byte[] content) => $"\"{Convert.ToHexStringLower(SHA256.HashData(content).AsSpan(0, TagBytes))}\"";
}
