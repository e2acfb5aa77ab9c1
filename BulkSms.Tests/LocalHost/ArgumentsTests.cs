using BulkSms.LocalHost;

namespace BulkSms.Tests.LocalHost;

/// <summary>The command line of LocalHost.</summary>
public sealed class ArgumentsTests
{
    [Fact]
    public void Parse_Nothing_ServesFromWhateverIsThere() => Assert.Equal(new Arguments(), Arguments.Parse([]));

    [Theory]
    [InlineData("--storage memory", StorageKind.Memory)]
    [InlineData("--storage=memory", StorageKind.Memory)]
    [InlineData("demo --storage Azurite", StorageKind.Azurite)]
    public void Parse_Storage_IsTaken(string line, StorageKind expected) => Assert.Equal(expected, Arguments.Parse(line.Split(' ')).Storage);

    [Theory]
    [InlineData("--log json", LogForm.Json)]
    [InlineData("--log=text", LogForm.Text)]
    public void Parse_Log_IsTaken(string line, LogForm expected) => Assert.Equal(expected, Arguments.Parse(line.Split(' ')).Log);

    [Fact]
    public void Parse_DemoAndPort_AreTaken() => Assert.Equal(new Arguments(Demo: true, Port: 8080), Arguments.Parse(["--port", "8080", "demo"]));

    [Fact]
    public void Parse_Version_IsTaken() => Assert.True(Arguments.Parse(["--version"]).Version);

    [Theory]
    [InlineData("--storage", "azurite or memory")]
    [InlineData("--storage disk", "azurite or memory")]
    [InlineData("--storage 1", "azurite or memory")]
    [InlineData("--log xml", "text or json")]
    [InlineData("--port 65536", "a number up to 65535")]
    [InlineData("--port -1", "a number up to 65535")]
    [InlineData("--data", "a folder")]
    [InlineData("dem", "'dem' is not an option")]
    [InlineData("demo --data here", "--data is for serving")]
    [InlineData("--data here --storage memory", "--data is for serving")]
    public void Parse_WhatIsNotUnderstood_SaysWhatWouldBe(string line, string said) =>
        Assert.Contains(said, Assert.Throws<SetupException>(() => Arguments.Parse(line.Split(' '))).Message, StringComparison.Ordinal);
}
