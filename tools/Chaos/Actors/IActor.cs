namespace BulkSms.Chaos.Actors;

/// <summary>A person or a program that uses or abuses the app while a run goes on, by seeded chance.</summary>
public interface IActor
{
    /// <summary>Acts until told to stop. What fails because of another actor is no failure.</summary>
    Task RunAsync(CancellationToken stop);
}
