using BulkSms.Client;

namespace BulkSms.Cli;

/// <summary>What a script is told: docs/cli.md lists them.</summary>
internal static class ExitCodes
{
    public const int Done = 0;

    /// <summary>The doctor has found a failure; or a bug of this command.</summary>
    public const int Failed = 1;

    /// <summary>The command is written wrongly.</summary>
    public const int Usage = 2;

    /// <summary>BulkSms refused the request.</summary>
    public const int Refused = 3;

    /// <summary>No key or token, a wrong one, or one without the role.</summary>
    public const int NotSignedIn = 4;

    /// <summary>No answer, or not now.</summary>
    public const int TryLater = 5;

    /// <summary>The question was answered with no, or could not be asked.</summary>
    public const int NotConfirmed = 6;

    /// <summary>The broadcast was paused or canceled.</summary>
    public const int Stopped = 7;

    /// <summary>Ctrl+C.</summary>
    public const int Interrupted = 130;

    public static int Of(Problem problem) => problem switch
    {
        { Status: 401 or 403 } => NotSignedIn,
        { IsTemporary: true } => TryLater,
        _ => Refused,
    };
}
