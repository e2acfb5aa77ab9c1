using System.Text.Json.Nodes;
using BulkSms.Audit;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Storage;

namespace BulkSms.Retention.People;

/// <summary>
/// Entries of the audit log about one phone. They hold a few digits of a number, which other numbers share: an export tells of them as such, and an erasure takes the digits out and leaves who did what.
/// </summary>
public sealed class ErasePersonFromAudit(AuditTable table) : IPersonalData
{
    private const string List = "audit";

    public IReadOnlyList<string> Stores { get; } = [TableNames.AuditLog];

    public IReadOnlyList<string> Lists { get; } = [List];

    public IAsyncEnumerable<(string List, JsonObject Item)> ExportAsync(Person person, CancellationToken cancellation) => OfAsync(person, cancellation).Select(entry => (List, ItemJson.Of(
        ("at", ItemJson.Time(entry.At)), ("action", entry.Action), ("phone", entry.Target.Id), ("detail", entry.Detail), ("outcome", entry.Outcome), ("certain", false))));

    public async Task<string?> EraseAsync(Erasure erasure, CancellationToken cancellation)
    {
        await foreach (var entry in OfAsync(erasure.Person, cancellation))
        {
            await table.HideAsync(entry, cancellation);
        }

        return null;
    }

    private IAsyncEnumerable<AuditEntry> OfAsync(Person person, CancellationToken cancellation) =>
        person.Numbers.Select(Redaction.Phone).Distinct(StringComparer.Ordinal).ToAsyncEnumerable().SelectMany(masked => table.AboutAsync(masked, cancellation));
}
