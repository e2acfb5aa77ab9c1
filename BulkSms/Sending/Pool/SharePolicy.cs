namespace BulkSms.Sending.Pool;

/// <summary>What an instance asks for, and how it begins to use what it is given. Pure.</summary>
public static class SharePolicy
{
    /// <summary>How long a demand is kept that is there no more.</summary>
    public static readonly TimeSpan DemandKept = TimeSpan.FromSeconds(3);

    /// <summary>What is announced of an instance without anything to send, as long as no other has: so its next message need not wait.</summary>
    private const double Least = 1;

    /// <summary>What a row is to say.</summary>
    public static Demand Announced(Demand demand, bool othersWant) => !demand.IsNone || othersWant ? demand : new(0, Least);

    /// <summary>From now on the schedule is what the member may use.</summary>
    public static void Follow(this ShareSchedule schedule, PoolMember member, TimeSpan now, double rate, HandOver handOver)
    {
        var hadNone = schedule.At(now) <= 0;
        schedule.Replace(now, member.Plan(now));
        if (hadNone && member.IsAlone)
        {
            schedule.Credit(now, rate);
        }
        else if (hadNone)
        {
            handOver.TakeOver();
        }
    }
}
