using System.Collections.Concurrent;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Middleware;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace BulkSms.Functions;

/// <summary>
/// The levels of host.json, in the worker. The host goes by them once it has a line, which belongs to the function in which it was written, <c>Function.NAME.User</c>: what it would not keep need
/// not be written and sent to it. Logs that do not go through the host go by them here only.
/// </summary>
/// <param name="host">The host's settings.</param>
public sealed class HostLevels(IConfiguration host)
{
    private static readonly AsyncLocal<string?> Function = new();
    private readonly ConcurrentDictionary<string, LogLevel> ofFunctions = new(StringComparer.Ordinal);
    private readonly Dictionary<string, LogLevel> levels = host.GetSection("logging:logLevel").GetChildren()
        .Where(level => Enum.TryParse<LogLevel>(level.Value, ignoreCase: true, out _))
        .ToDictionary(level => level.Key, level => Enum.Parse<LogLevel>(level.Value!, ignoreCase: true), StringComparer.OrdinalIgnoreCase);

    /// <summary>Whether the host would keep a line.</summary>
    /// <param name="category">Its own category, which counts where no function runs.</param>
    /// <param name="level">Its level.</param>
    public bool Keeps(string? category, LogLevel level) => level >= (Function.Value is { } function ? OfFunction(function) : Of(category ?? ""));

    /// <summary>Whether the host would keep a line of the function that runs here; where none runs, every line.</summary>
    /// <param name="level">The line's level.</param>
    public bool KeepsHere(LogLevel level) => Function.Value is not { } function || level >= OfFunction(function);

    private LogLevel OfFunction(string function) => ofFunctions.GetOrAdd(function, name => Of($"Function.{name}.User"));

    // As the host does it: the longest name that the category begins with, and then the default.
    private LogLevel Of(string category)
    {
        for (var name = category; name.Length > 0; name = name[..Math.Max(0, name.LastIndexOf('.'))])
        {
            if (levels.TryGetValue(name, out var level))
            {
                return level;
            }
        }

        return levels.GetValueOrDefault("default", LogLevel.Information);
    }

    /// <summary>Notes which function runs.</summary>
    public sealed class Middleware : IFunctionsWorkerMiddleware
    {
        public async Task Invoke(FunctionContext context, FunctionExecutionDelegate next)
        {
            Function.Value = context.FunctionDefinition.Name;
            await next(context);
        }
    }
}
