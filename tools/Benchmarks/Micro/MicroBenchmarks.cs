using System.Text;
using BenchmarkDotNet.Attributes;
using BenchmarkDotNet.Configs;
using BenchmarkDotNet.Jobs;
using BenchmarkDotNet.Running;
using BenchmarkDotNet.Toolchains.InProcess.Emit;
using BulkSms.Benchmarks.Load;
using BulkSms.Benchmarks.Scenarios;
using BulkSms.Broadcasts.Requests;
using BulkSms.Common;
using BulkSms.Http;
using BulkSms.Queues;
using BulkSms.Recipients;
using BulkSms.Segments;
using BulkSms.Twilio;

namespace BulkSms.Benchmarks.Micro;

/// <summary>What the smallest parts cost, by BenchmarkDotNet, in this process: nothing is generated or restored.</summary>
[MemoryDiagnoser]
public class MicroBenchmarks
{
    private const string Url = "https://sms.example.org/api/webhooks/status?b=2p3v9yk3x2n4c&s=0&r=00112233445566778899aabbccddeeff&c=00112233445566778899aabbccddeeff";
    private static readonly string Gsm7 = SegmentsScenario.Texts[0].Text;
    private static readonly string Ucs2 = SegmentsScenario.Texts[1].Text;
    private static readonly string Id = BroadcastId.New(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private static readonly SendJob Sample = new()
    {
        BroadcastId = Id,
        Shard = 0,
        RecipientKey = RecipientKey.Of(Id, "+15550000001", 1).Id,
        RowETag = "W/\"datetime'2026-01-01T00%3A00%3A00.0000000Z'\"",
        To = "+15550000001",
        Text = Bodies.Text,
        Segments = 1,
        ExpiresAt = new DateTimeOffset(2026, 1, 2, 0, 0, 0, TimeSpan.Zero),
    };

    private static readonly BinaryData Written = Sample.Write();
    private static readonly KeyValuePair<string, string>[] Form =
    [
        new("AccountSid", "AC0000000000000000000000000000fa4e"), new("MessageSid", "SM00000000000000000000000000000001"), new("MessageStatus", "delivered"),
        new("SmsSid", "SM00000000000000000000000000000001"), new("SmsStatus", "delivered"), new("To", "+15550000001"), new("From", "+15550009999"),
    ];

    private static readonly string Signature = Convert.ToBase64String(TwilioSignature.Compute("token", Url, Form));
    private static readonly byte[] Csv = Encoding.UTF8.GetBytes("to\n" + string.Concat(Enumerable.Range(0, CsvRows).Select(i => $"+1555{i:0000000}\n")));
    private const int CsvRows = 1000;

    public static void Run() => BenchmarkRunner.Run<MicroBenchmarks>(
        ManualConfig.Create(DefaultConfig.Instance).AddJob(Job.Default.WithToolchain(new InProcessEmitToolchain(TimeSpan.FromMinutes(5), logOutput: false))).WithOptions(ConfigOptions.DisableLogFile));

    [Benchmark(Description = "segments, 160 characters, GSM-7")]
    public MessageSegments SegmentsGsm7() => MessageSegments.Of(Gsm7);

    [Benchmark(Description = "segments, 160 characters, UCS-2")]
    public MessageSegments SegmentsUcs2() => MessageSegments.Of(Ucs2);

    [Benchmark(Description = "phone number, E.164")]
    public bool PhoneNumberE164() => PhoneNumber.TryParse("+15550000001", out _, out _);

    [Benchmark(Description = "recipient key")]
    public RecipientKey Key() => RecipientKey.Of(Id, "+15550000001", 16);

    [Benchmark(Description = "SendJob, write")]
    public BinaryData WriteJob() => Sample.Write();

    [Benchmark(Description = "SendJob, parse")]
    public SendJob ParseJob() => SendJob.Parse(Written);

    [Benchmark(Description = "signature, check")]
    public bool CheckSignature() => TwilioSignature.IsValid("token", Signature, Url, Form);

    [Benchmark(Description = "CSV row, with its number", OperationsPerInvoke = CsvRows)]
    public async Task<int> CsvRow()
    {
        var collector = new RecipientCollector(new BroadcastTerms(Bodies.Text) { MaxMessageLength = 1600 }, new FieldErrors());
        using var stream = new MemoryStream(Csv);
        await ListFiles.ReadAsync(stream, new(), new(), collector, CsvRows, CancellationToken.None);
        return collector.List.Unique.Count;
    }
}
