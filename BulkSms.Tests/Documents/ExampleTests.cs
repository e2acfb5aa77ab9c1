using System.Diagnostics;
using System.Globalization;
using BulkSms.Tests.Infrastructure;

namespace BulkSms.Tests.Documents;

/// <summary>
/// The commands of the documents, run in their order by a real shell against a running app whose storage is empty. Each must answer as the document shows. What
/// LocalHost prints when it starts is given: <c>URL</c>, <c>KEY</c> and <c>SIM</c>.
/// </summary>
public sealed class ExampleTests(AzuriteFixture azurite)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    [Theory]
    [InlineData("README.md", 3)]
    [InlineData("docs/tutorial.md", 10)]
    [InlineData("docs/api.md", 20)]
    public async Task Examples_OfADocument_AnswerAsItShows(string document, int atLeast)
    {
        await using var app = await TestApp.StartAsync(azurite.NewAccount(), [new("Sending:SegmentsPerSecond", "100")]); // as LocalHost: previews tell the rate
        var folder = Directory.CreateTempSubdirectory("bulksms-examples-");
        try
        {
            var text = DocumentFiles.Read(document);
            var examples = Example.Of(text);
            Assert.True(examples.Count >= atLeast, $"{document} has {examples.Count} examples.");
            var shell = new Shell(folder.FullName, app);
            var answers = new List<(Fence Shown, string Real)>();
            foreach (var example in examples)
            {
                var real = await RunAsync(shell, example, document);
                if (example.Answer is { } shown)
                {
                    answers.Add((shown, real));
                    shell.Learn(shown.Text, real);
                }
            }

            if (DocumentFiles.Writes)
            {
                await File.WriteAllTextAsync(DocumentFiles.PathOf(document), WithAnswers(text, answers, shell), TestContext.Current.CancellationToken);
            }
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task<string> RunAsync(Shell shell, Example example, string document)
    {
        if (example.Answer is null)
        {
            return await shell.RunAsync(example.Command.Text);
        }

        var expected = ShownAnswer.Normalise(example.Answer.Text);
        var (begun, real) = (TimeProvider.System.GetTimestamp(), await shell.RunAsync(example.Command.Text));
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(100));
        while (example.Reads && ShownAnswer.Normalise(real) != expected && TimeProvider.System.GetElapsedTime(begun) < (DocumentFiles.Writes ? Patience / 8 : Patience))
        {
            await timer.WaitForNextTickAsync(TestContext.Current.CancellationToken);
            real = await shell.RunAsync(example.Command.Text);
        }

        if (!DocumentFiles.Writes)
        {
            var where = string.Create(CultureInfo.InvariantCulture, $"{document}, line {example.Answer.Line}: ");
            Assert.Equal(where + expected, where + ShownAnswer.Normalise(real));
        }

        return real;
    }

    private static string WithAnswers(string text, IEnumerable<(Fence Shown, string Real)> answers, Shell shell)
    {
        var lines = text.Split('\n').ToList();
        foreach (var (shown, real) in answers.Where(answer => ShownAnswer.Normalise(answer.Shown.Text) != ShownAnswer.Normalise(answer.Real)).OrderByDescending(answer => answer.Shown.Line))
        {
            lines.RemoveRange(shown.Line, shown.LastLine - shown.Line);
            lines.InsertRange(shown.Line, ShownAnswer.Write(shell.Translate(real), shown.Text).Split('\n'));
        }

        return string.Join('\n', lines);
    }

    /// <summary>A reader's terminal: variables stay from command to command, and an id that the document shows stands for the one of this run.</summary>
    private sealed class Shell(string folder, TestApp app)
    {
        private readonly List<(string Shown, string Real)> ids = [];
        private string assignments = "";

        public void Learn(string shown, string real) => ids.AddRange(ShownAnswer.Ids(shown, real));

        /// <summary>An answer with the ids that the document shows.</summary>
        public string Translate(string real) => ids.Aggregate(real, (text, id) => text.Replace(id.Real, id.Shown, StringComparison.Ordinal));

        public async Task<string> RunAsync(string command)
        {
            foreach (var (shown, real) in ids.OrderByDescending(id => id.Shown.Length))
            {
                command = command.Replace(shown, real, StringComparison.Ordinal);
            }

            var start = new ProcessStartInfo("bash", ["-e", "-c", assignments + command]) { UseShellExecute = false, WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
            start.Environment["URL"] = app.Url.ToString().TrimEnd('/');
            start.Environment["KEY"] = TestApp.Key;
            start.Environment["SIM"] = app.Twilio.BaseUrl.ToString().TrimEnd('/');
            using var process = Process.Start(start)!;
            var errors = process.StandardError.ReadToEndAsync();
            var said = await process.StandardOutput.ReadToEndAsync();
            await process.WaitForExitAsync();
            Assert.True(process.ExitCode == 0, $"{command}\n{said}{await errors}");
            assignments += string.Concat(command.Split('\n').Where(IsAssignment).Select(line => line + "\n"));
            return said;
        }

        private static bool IsAssignment(string line) =>
            line.IndexOf('=', StringComparison.Ordinal) is > 0 and var at && line[..at].All(c => char.IsAsciiLetterUpper(c) || c == '_') && !line.Contains('(', StringComparison.Ordinal);
    }
}
