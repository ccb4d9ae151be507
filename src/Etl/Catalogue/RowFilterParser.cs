using System.Globalization;

namespace PaletteEtl.Catalogue;

/// <summary>Reads a filter: conditions with <c>and</c> between them.</summary>
internal sealed class RowFilterParser(string text)
{
    private readonly IReadOnlyList<FilterToken> _tokens = FilterToken.Of(text);
    private int _next;

    private FilterToken Next => _tokens[_next];

    /// <exception cref="FormatException">The text is no filter.</exception>
    public RowFilter Parse()
    {
        List<RowCondition> conditions = [Condition()];
        while (Takes("and"))
        {
            conditions.Add(Condition());
        }

        return Next.IsEnd ? new RowFilter(conditions)
            : throw Unexpected(Next.Is("or") ? "and; alternatives of one column are written year in (1999, 2000)" : "and");
    }

    private RowCondition Condition()
    {
        string column = Next.Column is { } name ? Take(name) : throw Unexpected("a column");
        if (Takes("is"))
        {
            bool isNot = Takes("not");
            Require("null");
            return new RowCondition(column, isNot ? "IS NOT NULL" : "IS NULL", []);
        }

        bool isNegated = Takes("not");
        if (Takes("in"))
        {
            return new RowCondition(column, isNegated ? "NOT IN" : "IN", List());
        }

        if (Takes("between"))
        {
            object from = Value();
            Require("and");
            return new RowCondition(column, isNegated ? "NOT BETWEEN" : "BETWEEN", [from, Value()]);
        }

        return Next.Text is "=" or "<>" or "!=" or "<" or "<=" or ">" or ">=" && !isNegated
            ? new RowCondition(column, Take(Next.Text), [Value()])
            : throw Unexpected(isNegated ? "in or between" : "=, <>, <, <=, >, >=, in, between or is");
    }

    private List<object> List()
    {
        Require("(");
        List<object> values = [Value()];
        while (Takes(","))
        {
            values.Add(Value());
        }

        Require(")");
        return values;
    }

    private object Value() => Next.Value is { } value ? Take(value)
        : throw Unexpected(Next.Is("null") ? "a value; NULL is compared with is null" : "a number or a text in single quotes");

    private T Take<T>(T what)
    {
        _next++;
        return what;
    }

    private bool Takes(string keyword) => Next.Is(keyword) && Take(true);

    private void Require(string keyword)
    {
        if (!Takes(keyword))
        {
            throw Unexpected(keyword);
        }
    }

    private FormatException Unexpected(string expected) => new(string.Create(
        CultureInfo.InvariantCulture,
        $"{(Next.IsEnd ? "the end" : Next.Text)} at character {Next.Start} is unexpected, there must be {expected}"));
}
