using System.Collections.Concurrent;
using System.Diagnostics.Metrics;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Reads the metrics of one app, and of no other that runs in this process.</summary>
public sealed class Gauges : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly ConcurrentQueue<Measured> all = new();

    public Gauges(IMeterFactory factory)
    {
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => all.Enqueue(new(instrument.Name, value, tags.ToArray())));
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => all.Enqueue(new(instrument.Name, value, tags.ToArray())));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => all.Enqueue(new(instrument.Name, value, tags.ToArray())));
        listener.Start();
    }

    /// <summary>Every name and tag that was measured, as text.</summary>
    public string Text => string.Join('\n', all.Select(each => $"{each.Name} {string.Join(' ', each.Tags.Select(tag => $"{tag.Key}={tag.Value}"))}"));

    /// <summary>What a counter has counted since this was made, under these tags and any others.</summary>
    public long Sum(string name, params (string Name, object Value)[] tags) => (long)Of(name, tags).Sum(each => each.Value);

    /// <summary>How often a histogram has recorded.</summary>
    public int Count(string name) => Of(name, []).Count();

    /// <summary>The value of a gauge now.</summary>
    public double Read(string name, params (string Name, object Value)[] tags)
    {
        listener.RecordObservableInstruments();
        return Of(name, tags).Last().Value;
    }

    public void Dispose() => listener.Dispose();

    private IEnumerable<Measured> Of(string name, (string Name, object Value)[] tags) => all.Where(each =>
        each.Name == name && Array.TrueForAll(tags, tag => Array.Exists(each.Tags, other => other.Key == tag.Name && Equals(other.Value, tag.Value))));

    private sealed record Measured(string Name, double Value, KeyValuePair<string, object?>[] Tags);
}
