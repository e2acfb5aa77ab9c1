using System.Text.Json;
using BulkSms.Recipients;
using FsCheck;
using FsCheck.Fluent;
using FsCheck.Xunit;

namespace BulkSms.Tests.Recipients;

/// <summary>What is kept of recipients in memory comes out as it went in.</summary>
public sealed class KeptDetailsTests
{
    private static readonly Gen<string> Texts = Gen.ListOf(Gen.Elements("a", "\"", "\\", "😀", "é", "\n", " ", "x", new string('l', 300))).Select(string.Concat);

    private static readonly Gen<string?> Maybe = Gen.OneOf(Gen.Constant<string?>(null), Texts.Select(text => (string?)text));

    private static readonly Gen<KeyValuePair<string, string>[]> Data = Gen.ArrayOf(
        from name in Gen.Elements("name", "town", "note", "Name") from value in Texts select new KeyValuePair<string, string>(name, value));

    [Property]
    public Property At_WhatWasAdded_ComesBack() => Prop.ForAll(
        Arb.From(Gen.ArrayOf(from written in Maybe from reference in Maybe from data in Data select (written, reference, data))),
        entries =>
        {
            var details = new KeptDetails();
            foreach (var (index, (written, reference, data)) in entries.Index())
            {
                details.Add(index, written, reference, data);
            }

            return entries.Index().All(each => details.At(each.Index) is var kept && kept.Written == each.Item.written && kept.Reference == each.Item.reference
                && ValuesOf(kept.Data).SequenceEqual(each.Item.data.Select(pair => pair.Value)));
        });

    [Fact]
    public void Add_NothingToKeep_KeepsNothing()
    {
        var details = new KeptDetails();

        details.Add(0, null, null, null);
        Assert.False(details.Any);
        details.Add(3, "w", null, []);

        Assert.Equal((null, null, null), details.At(0));
        Assert.Equal(("w", null, null), details.At(3));
        Assert.Equal((null, null, null), details.At(4));
    }

    [Fact]
    public void Columns_OfAll_AreThereOnceAndANameTwiceInOneIsNumbered()
    {
        var details = new KeptDetails();
        details.Add(0, null, null, [new("name", "Ada"), new("note", "1"), new("note", "2")]);
        details.Add(1, null, null, [new("town", "Bonn"), new("name", "Bob")]);

        Assert.Equal(["name", "note", "note (2)", "town"], details.Columns);
        Assert.Equal("""{"name":"Ada","note":"1","note (2)":"2"}""", details.At(0).Data);
    }

    [Fact]
    public void FaultOf_MoreThanARowHolds_IsAnError()
    {
        var details = new KeptDetails();

        Assert.Null(details.FaultOf([new("note", new string('x', 29_000))]));
        Assert.StartsWith("has more than 30000 characters of data", details.FaultOf([new("note", new string('x', 30_000))]), StringComparison.Ordinal);
        Assert.StartsWith("has more than 30000 characters of data", details.FaultOf([new("note", new string('"', 15_100))]), StringComparison.Ordinal);
    }

    [Fact]
    public void FaultOf_MoreNamesThanAListHas_IsAnError()
    {
        var details = new KeptDetails();
        details.Add(0, null, null, [.. Enumerable.Range(0, DataShapes.MaxColumns).Select(i => new KeyValuePair<string, string>($"c{i}", ""))]);

        Assert.Null(details.FaultOf([new("c7", "")]));
        Assert.StartsWith("has data by yet another name", details.FaultOf([new("another", "")]), StringComparison.Ordinal);
    }

    private static IEnumerable<string> ValuesOf(string? json) => json is null ? [] : JsonDocument.Parse(json).RootElement.EnumerateObject().Select(property => property.Value.GetString()!);
}
