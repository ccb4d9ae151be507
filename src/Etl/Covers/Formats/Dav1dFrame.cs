using System.Runtime.InteropServices;
using PaletteEtl.Covers.Formats.Avif;

namespace PaletteEtl.Covers.Formats;

/// <summary>A frame that libdav1d has decoded, and that is libdav1d's until it is disposed.</summary>
internal sealed unsafe class Dav1dFrame : IDisposable
{
    private const int Reserved = 1_024; // a Dav1dPicture has about 300 bytes

    private Picture* _picture = (Picture*)NativeMemory.AllocZeroed(Reserved);

    public nint Address => (nint)_picture;

    /// <summary>The samples.</summary>
    public YuvFrame Samples => new(
        _picture->Width,
        _picture->Height,
        new Av1Format(
            _picture->Bits,
            _picture->Layout == Layout.Grey,
            _picture->Layout is Layout.Grey or Layout.Half or Layout.Quarter,
            _picture->Layout is Layout.Grey or Layout.Quarter),
        _picture->Luma,
        _picture->Blue,
        _picture->Red,
        _picture->LumaStride,
        _picture->ChromaStride);

    public void Dispose()
    {
        if (_picture != null)
        {
            Dav1dDecoder.FreePicture(Address); // none if it was not decoded
            NativeMemory.Free(_picture);
            _picture = null;
        }
    }

    private enum Layout
    {
        Grey,
        Quarter,
        Half,
        Whole,
    }

    /// <summary>The beginning of <c>Dav1dPicture</c>.</summary>
    [StructLayout(LayoutKind.Sequential)]
    private struct Picture
    {
        public nint SequenceHeader, FrameHeader, Luma, Blue, Red, LumaStride, ChromaStride;
        public int Width, Height;
        public Layout Layout;
        public int Bits;
    }
}
