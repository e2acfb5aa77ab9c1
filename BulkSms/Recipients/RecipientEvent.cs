namespace BulkSms.Recipients;

/// <summary>
/// What can happen to a recipient. An event knows what the row is like afterwards and which columns say so; from which statuses it may come is told by
/// <see cref="RecipientState.Rules"/>. Each event is documented where it stands: while the recipient waits, around a call, and by the provider's word.
/// </summary>
public abstract partial record RecipientEvent
{
    private RecipientEvent()
    {
    }

    /// <summary>The row afterwards; null: the event does not fit this row, whatever its status.</summary>
    internal abstract Recipient? Apply(Recipient row);

    /// <summary>The columns that it writes.</summary>
    internal abstract IEnumerable<string> Columns(Recipient row);

    /// <summary>Whether a row shows that this very event was written: storage may write, and yet not say so.</summary>
    public virtual bool IsIn(Recipient row) => false;
}
