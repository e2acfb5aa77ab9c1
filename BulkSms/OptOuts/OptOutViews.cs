using System.Text.Json.Serialization;
using BulkSms.Lists;

namespace BulkSms.OptOuts;

/// <summary>A page of opt-outs in the order of their numbers.</summary>
/// <param name="OptOuts">The page.</param>
/// <param name="Next">The cursor of the next page; null on the last.</param>
public sealed record OptOutPage(IReadOnlyList<OptOut> OptOuts, string? Next);

/// <summary>What came of an import.</summary>
/// <param name="Added">Numbers that were not on the list.</param>
/// <param name="Known">Numbers that were.</param>
/// <param name="DuplicatesRemoved">Entries that named a number again.</param>
/// <param name="MessagesStopped">Messages that were waiting for one of them, in any broadcast, and are not sent.</param>
/// <param name="Warnings">What was read in one of several ways; null: nothing was.</param>
public sealed record ImportView(int Added, int Known, int DuplicatesRemoved, int MessagesStopped, [property: JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)] IReadOnlyList<ListWarning>? Warnings = null);
