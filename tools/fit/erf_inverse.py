"""Coefficients of ErfInverse: Chebyshev interpolation in 50 digits. Needs Debian's python3-mpmath. Run: python3 tools/fit/erf_inverse.py"""
import mpmath as mp

mp.mp.dps=50
def g(w):  # erfinv(x)/x as function of w=-log(1-x^2)
    if w==0: return mp.sqrt(mp.pi)/2
    x=mp.sqrt(-mp.expm1(-w)); return mp.erfinv(x)/x if x<1-mp.mpf(10)**-30 else None
def cheb(f,a,b,n):
    xs=[mp.cos(mp.pi*(k+mp.mpf(1)/2)/n) for k in range(n)]
    fx=[f((b-a)/2*x+(a+b)/2) for x in xs]
    c=[2/mp.mpf(n)*sum(fx[k]*mp.cos(mp.pi*j*(k+mp.mpf(1)/2)/n) for k in range(n)) for j in range(n)]
    c[0]/=2
    return c
def mono(c,a,b):
    # sum c_j T_j(t), t=(w-m)/h ; return coeffs in u=w-m
    n=len(c); T=[[mp.mpf(1)],[mp.mpf(0),mp.mpf(1)]]
    for j in range(2,n):
        p=[mp.mpf(0)]+[2*v for v in T[j-1]]
        for i,v in enumerate(T[j-2]): p[i]-=v
        T.append(p)
    out=[mp.mpf(0)]*n
    for j in range(n):
        for i,v in enumerate(T[j]): out[i]+=c[j]*v
    h=(b-a)/2
    return [v/h**i for i,v in enumerate(out)]
def big(w):
    # large w via asymptotic-safe: solve erfc(y)=1-x with x=sqrt(1-e^-w)
    e=mp.e**(-w); q=e/(1+mp.sqrt(1-e)) # 1-x
    y=mp.sqrt(w) 
    y=mp.findroot(lambda t: mp.log(mp.erfc(t))-mp.log(q), y)
    return y/mp.sqrt(1-e)
def show(name,f,a,b,n):
    a=mp.mpf(a);b=mp.mpf(b)
    c=cheb(f,a,b,n); p=mono(c,a,b)
    err=max(abs((sum(p[i]*(w-(a+b)/2)**i for i in range(n))-f(w))/f(w)) for w in [a+(b-a)*k/200 for k in range(201)])
    print(name,'center',(a+b)/2,'err',mp.nstr(err,5)); print('[',', '.join(mp.nstr(v,20) for v in reversed(p)),']')
show('f32 lo',lambda w:g(w) if w<40 else big(w),0,5,10)
show('f32 hi (s=sqrt w)',lambda s:big(s*s),mp.sqrt(5),mp.mpf('4.1'),13)
show('f64 lo',lambda w:g(w),0,mp.mpf('6.25'),24)
show('f64 mid s',lambda s:big(s*s),mp.mpf('2.5'),mp.mpf('4'),20)
show('f64 hi s',lambda s:big(s*s),mp.mpf('4'),mp.mpf('6.2'),20)
