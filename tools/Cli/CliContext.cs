using BulkSms.Client;
using Microsoft.Identity.Client;

namespace BulkSms.Cli;

/// <summary>What a command runs on.</summary>
internal sealed record CliContext(Terminal Terminal)
{
    /// <summary>A variable of the environment, or null.</summary>
    public Func<string, string?> Variable { get; init; } = Environment.GetEnvironmentVariable;

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A last change of how BulkSms is called; null: none.</summary>
    public Func<BulkSmsClientOptions, BulkSmsClientOptions>? Calling { get; init; }

    /// <summary>How Entra ID is called; null: by the network.</summary>
    public IMsalHttpClientFactory? Entra { get; init; }

    public static CliContext Real() => new(Terminal.Real());
}
