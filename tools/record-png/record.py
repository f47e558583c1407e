"""Prints the PNG files recorded in tests/Ashlar.Tests/Data/Images/RecordedPng.cs: name and base64.

Run with Debian 12's python3-pil 9.4.0 and netpbm 11.01.00 (libpng):
    apt-get install -y python3-pil netpbm && /usr/bin/python3 tools/record-png/record.py
Every sample of channel c at column x and row y is (37 x + 91 y + 53 c) mod 256.
"""
import base64
import io
import subprocess

from PIL import Image

W,H=9,7
f=lambda x,y,c=0:(x*37+y*91+c*53)%256
def b(name,data): print(name, base64.b64encode(data).decode())
def pil(im,**k):
    o=io.BytesIO(); im.save(o,'PNG',**k); return o.getvalue()
pgm=b"P5 9 7 255\n"+bytes(f(x,y) for y in range(H) for x in range(W))
ppm=b"P6 9 7 255\n"+bytes(f(x,y,c) for y in range(H) for x in range(W) for c in range(3))
pgm16=b"P5 9 7 65535\n"+b"".join((f(x,y)*256+f(y,x)).to_bytes(2,'big') for y in range(H) for x in range(W))
pgm2=b"P5 9 7 3\n"+bytes(f(x,y)//64 for y in range(H) for x in range(W))
pbm=b"P1 9 7\n"+b" ".join(b"%d"%(1-f(x,y)//128) for y in range(H) for x in range(W))
def net(d,*a): return subprocess.run(['pnmtopng',*a],input=d,capture_output=True,check=True).stdout
for flt in ['nofilter','sub','up','avg','paeth']:
    b('grey8 '+flt, net(pgm,'-'+flt,'-force'))
b('rgb8 interlace', net(ppm,'-interlace','-force','-paeth'))
b('grey16 interlace', net(pgm16,'-interlace','-force'))
b('grey2', net(pgm2))
b('bits interlace', net(pbm,'-interlace'))
im=Image.new('LA',(W,H)); im.putdata([(f(x,y),f(x,y,1)) for y in range(H) for x in range(W)]); b('LA',pil(im))
im=Image.new('RGBA',(W,H)); im.putdata([tuple(f(x,y,c) for c in range(4)) for y in range(H) for x in range(W)]); b('RGBA',pil(im))
im=Image.new('P',(W,H)); im.putpalette([f(i,0,c) for i in range(16) for c in range(3)]); im.putdata([f(x,y)//16 for y in range(H) for x in range(W)]); b('P4 tRNS',pil(im,bits=4,transparency=bytes([0,100,200])))
im=Image.new('L',(W,H)); im.putdata([f(x,y) for y in range(H) for x in range(W)]); b('L tRNS',pil(im,transparency=128))
