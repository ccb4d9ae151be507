namespace Etl.Host.Configuration;

/// <summary>The options' own defaults, as the lowest layer.</summary>
internal static class DefaultLayer
{
    public static IEnumerable<Setting> Read() => EtlOption.All.SelectMany(SettingsOf);

    private static IEnumerable<Setting> SettingsOf(EtlOption option) => option.Default is IEnumerable<string> entries
        ? entries.Select((entry, i) => new Setting(option.EntryPath(i), entry, Setting.Default))
        : [new Setting(option.Path, OptionText.Format(option.Default), Setting.Default)];
}
