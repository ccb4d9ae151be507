namespace PaletteEtl.Covers.Formats.Avif;

/// <summary>Four characters that name a box, an item, a property or a reference.</summary>
internal static class BoxType
{
    public const uint Av01 = ('a' << 24) | ('v' << 16) | ('0' << 8) | '1';
    public const uint Av1C = ('a' << 24) | ('v' << 16) | ('1' << 8) | 'C';
    public const uint AuxC = ('a' << 24) | ('u' << 16) | ('x' << 8) | 'C';
    public const uint Auxl = ('a' << 24) | ('u' << 16) | ('x' << 8) | 'l';
    public const uint Cdsc = ('c' << 24) | ('d' << 16) | ('s' << 8) | 'c';
    public const uint Clap = ('c' << 24) | ('l' << 16) | ('a' << 8) | 'p';
    public const uint Colr = ('c' << 24) | ('o' << 16) | ('l' << 8) | 'r';
    public const uint Dimg = ('d' << 24) | ('i' << 16) | ('m' << 8) | 'g';
    public const uint Exif = ('E' << 24) | ('x' << 16) | ('i' << 8) | 'f';
    public const uint Free = ('f' << 24) | ('r' << 16) | ('e' << 8) | 'e';
    public const uint Ftyp = ('f' << 24) | ('t' << 16) | ('y' << 8) | 'p';
    public const uint Grid = ('g' << 24) | ('r' << 16) | ('i' << 8) | 'd';
    public const uint Hdlr = ('h' << 24) | ('d' << 16) | ('l' << 8) | 'r';
    public const uint Idat = ('i' << 24) | ('d' << 16) | ('a' << 8) | 't';
    public const uint Iinf = ('i' << 24) | ('i' << 16) | ('n' << 8) | 'f';
    public const uint Iloc = ('i' << 24) | ('l' << 16) | ('o' << 8) | 'c';
    public const uint Imir = ('i' << 24) | ('m' << 16) | ('i' << 8) | 'r';
    public const uint Infe = ('i' << 24) | ('n' << 16) | ('f' << 8) | 'e';
    public const uint Ipco = ('i' << 24) | ('p' << 16) | ('c' << 8) | 'o';
    public const uint Ipma = ('i' << 24) | ('p' << 16) | ('m' << 8) | 'a';
    public const uint Iprp = ('i' << 24) | ('p' << 16) | ('r' << 8) | 'p';
    public const uint Iref = ('i' << 24) | ('r' << 16) | ('e' << 8) | 'f';
    public const uint Irot = ('i' << 24) | ('r' << 16) | ('o' << 8) | 't';
    public const uint Ispe = ('i' << 24) | ('s' << 16) | ('p' << 8) | 'e';
    public const uint Mdat = ('m' << 24) | ('d' << 16) | ('a' << 8) | 't';
    public const uint Meta = ('m' << 24) | ('e' << 16) | ('t' << 8) | 'a';
    public const uint Mime = ('m' << 24) | ('i' << 16) | ('m' << 8) | 'e';
    public const uint Nclx = ('n' << 24) | ('c' << 16) | ('l' << 8) | 'x';
    public const uint Pasp = ('p' << 24) | ('a' << 16) | ('s' << 8) | 'p';
    public const uint Pict = ('p' << 24) | ('i' << 16) | ('c' << 8) | 't';
    public const uint Pitm = ('p' << 24) | ('i' << 16) | ('t' << 8) | 'm';
    public const uint Pixi = ('p' << 24) | ('i' << 16) | ('x' << 8) | 'i';
    public const uint Prof = ('p' << 24) | ('r' << 16) | ('o' << 8) | 'f';
    public const uint RestrictedProfile = ('r' << 24) | ('I' << 16) | ('C' << 8) | 'C';
}
