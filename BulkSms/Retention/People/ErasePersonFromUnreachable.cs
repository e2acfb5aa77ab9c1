using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using BulkSms.Common;
using BulkSms.Recipients;
using BulkSms.Storage;
using BulkSms.Unreachable;

namespace BulkSms.Retention.People;

/// <summary>That a number of a person could not get texts.</summary>
public sealed class ErasePersonFromUnreachable(UnreachableTable table) : IPersonalData
{
    private const string List = "unreachable";

    public IReadOnlyList<string> Stores { get; } = [TableNames.UnreachableNumbers];

    public IReadOnlyList<string> Lists { get; } = [List];

    public async IAsyncEnumerable<(string List, JsonObject Item)> ExportAsync(Person person, [EnumeratorCancellation] CancellationToken cancellation)
    {
        foreach (var number in person.Numbers)
        {
            if (await table.FindAsync(UnreachableTable.KeyOf(number), cancellation) is { } known)
            {
                yield return (List, new() { ["number"] = number, ["code"] = known.Code, ["since"] = UtcTime.Write(known.Since) });
            }
        }
    }

    public async Task<string?> EraseAsync(Erasure erasure, CancellationToken cancellation)
    {
        await Task.WhenAll(erasure.Person.Numbers.Select(number => table.RemoveAsync(UnreachableTable.KeyOf(number), cancellation)));
        return null;
    }
}
