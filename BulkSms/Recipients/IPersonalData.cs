using System.Text.Json.Nodes;

namespace BulkSms.Recipients;

/// <summary>
/// A store that knows persons. Each folder that keeps something of a person registers one, so that it is exported and erased with the rest; a test fails for a table, queue or container that none
/// of them names.
/// </summary>
public interface IPersonalData
{
    /// <summary>The tables, queues and containers that it answers for.</summary>
    IReadOnlyList<string> Stores { get; }

    /// <summary>The lists that it adds to an export.</summary>
    IReadOnlyList<string> Lists { get; }

    /// <summary>What is stored of a person, each with the list that it belongs to.</summary>
    IAsyncEnumerable<(string List, JsonObject Item)> ExportAsync(Person person, CancellationToken cancellation);

    /// <summary>Erases it. Interrupted anywhere, it is called again; doing it twice is harmless.</summary>
    /// <param name="erasure">Who, and what is kept.</param>
    /// <param name="cancellation">Stops.</param>
    /// <returns>What is waited for, in words; null: nothing is left.</returns>
    Task<string?> EraseAsync(Erasure erasure, CancellationToken cancellation);
}

/// <summary>What is to be erased.</summary>
/// <param name="Person">Who.</param>
/// <param name="KeepOptOut">Whether hashes of the numbers are kept, so that the person is not texted.</param>
/// <param name="Since">Since when no row of the person is left in a broadcast.</param>
public sealed record Erasure(Person Person, bool KeepOptOut, DateTimeOffset Since);
