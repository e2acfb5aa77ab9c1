namespace BulkSms.Broadcasts.Requests;

/// <summary>What bounds an upload beside <see cref="BroadcastOptions.MaxUploadRecipients"/> and <see cref="BroadcastOptions.MaxUploadBytes"/>.</summary>
internal static class UploadLimits
{
    /// <summary>Longest record of a file, and longest field of a form: far above any text and its data.</summary>
    public const int RecordSize = 64 * 1024;

    /// <summary>Most columns of a table.</summary>
    public const int MaxColumns = 2000;

    /// <summary>Lines for each recipient that a file may have: blank lines, and those within a value.</summary>
    public const int LineEndsEach = 20;

    public static string TooMany(int most) => $"is one entry too many: at most {most} are taken";
}
