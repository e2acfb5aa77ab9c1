namespace BulkSms.Cases;

/// <summary>A kind of case: the file that holds them, and how one is run through the app's own code. Add a kind to <see cref="CaseKinds"/>.</summary>
public interface ICaseKind : IAsyncDisposable
{
    /// <summary>Path of the file in the folder, such as <c>numbers.jsonl</c>.</summary>
    string File { get; }

    /// <summary>Runs a case.</summary>
    /// <returns>What came instead of what is expected; null when it is as expected.</returns>
    Task<string?> RunAsync(Case given);
}

/// <summary>A kind whose cases need nothing that outlives them.</summary>
public abstract class PlainKind : ICaseKind
{
    public abstract string File { get; }

    public abstract Task<string?> RunAsync(Case given);

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}
