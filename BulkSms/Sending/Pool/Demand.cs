namespace BulkSms.Sending.Pool;

/// <summary>What an instance could send, in segments a second.</summary>
/// <param name="High">Of messages with high priority.</param>
/// <param name="Normal">Of the others.</param>
public readonly record struct Demand(double High, double Normal)
{
    public bool IsNone => High <= 0 && Normal <= 0;

    /// <summary>Of both.</summary>
    public double Total => High + Normal;

    /// <summary>The lower of each.</summary>
    public Demand Least(Demand other) => new(Math.Min(High, other.High), Math.Min(Normal, other.Normal));

    /// <summary>That of one priority.</summary>
    public double Of(bool isHigh) => isHigh ? High : Normal;
}
