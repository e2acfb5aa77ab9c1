using System.Diagnostics.Metrics;

namespace BulkSms.Tests.Infrastructure;

/// <summary>Reads the gauges and counters of one app, and of no other that runs in this process.</summary>
public sealed class Gauges : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly Dictionary<string, double> values = new(StringComparer.Ordinal);

    private readonly Dictionary<string, long> sums = new(StringComparer.Ordinal);

    public Gauges(IMeterFactory factory)
    {
        listener.InstrumentPublished = (instrument, all) =>
        {
            if (ReferenceEquals(instrument.Meter.Scope, factory))
            {
                all.EnableMeasurementEvents(instrument);
            }
        };
        listener.SetMeasurementEventCallback<double>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.SetMeasurementEventCallback<int>((instrument, value, _, _) => values[instrument.Name] = value);
        listener.SetMeasurementEventCallback<long>((instrument, value, _, _) =>
        {
            lock (sums)
            {
                sums[instrument.Name] = sums.GetValueOrDefault(instrument.Name) + value;
            }
        });
        listener.Start();
    }

    /// <summary>What a counter has counted since this was made.</summary>
    public long Sum(string name)
    {
        lock (sums)
        {
            return sums.GetValueOrDefault(name);
        }
    }

    public double Read(string name)
    {
        listener.RecordObservableInstruments();
        return values[name];
    }

    public void Dispose() => listener.Dispose();
}
