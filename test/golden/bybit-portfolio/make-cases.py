"""Expected figures of the cases own-*.json of bybit-portfolio (all but own-collateral), computed apart from the program
from the numbered rules of resources/docs/methodology/bybit-portfolio.md. Writes the case files.

Python 3, standard library only:  python3 test/golden/bybit-portfolio/make-cases.py
"""
import json,math,os
from math import log,sqrt,erf,ceil
from datetime import datetime,timezone
N=lambda x:.5*(1+erf(x/sqrt(2)))
def black(F,K,s,T,cp):
    if s<=0 or T<=0: return max(0,(F-K) if cp=='call' else (K-F))
    d=s*sqrt(T); d1=log(F/K)/d+d/2
    c=F*N(d1)-K*N(d1-d)
    return c if cp=='call' else c-F+K
def delta(F,K,s,T,cp):
    d=s*sqrt(T); d1=log(F/K)/d+d/2
    return N(d1) if cp=='call' else N(d1)-1
def years(a,b):
    p=lambda t:datetime.fromisoformat(t.replace('Z','+00:00')).timestamp()
    return (p(b)-p(a))/86400/365
CASES = os.path.join(os.path.dirname(os.path.abspath(__file__)), '../../../core/methodology/bybit-portfolio/cases')
def write(name, case):
    with open(os.path.join(CASES, name + '.json'), 'w') as out:
        json.dump(case, out, indent=1, ensure_ascii=False)
        out.write('\n')

# ---- own computations, one per coin
P=dict(up=.24,dn=.2,ref=30,pw=.3,im=1.2,fut=.0003,opt=0.,vega=.0003,delta=0.)
def grid(rng,n=5): return [float("%.12g"%(-rng+rng*i/n)) for i in range(2*n+1)]
def pairs(d):
    by={}
    for y,a in d: by[y]=by.get(y,0)+a
    op=[];out=[]
    for y in sorted(by):
        left=by[y]
        while op and op[-1][1]*left<0:
            m=min(abs(op[-1][1]),abs(left)); out.append((op[-1][0],y,m))
            left-=math.copysign(m,left); op[-1][1]-=math.copysign(m,op[-1][1])
            if op[-1][1]==0: op.pop()
        if left: op.append([y,left])
    return out
def compute(asof,indices,instr,positions,coin,rng,par=P,size='offsetting',direction='both'):
    idx=indices[coin]; cells={}; T={s:(years(asof,i['expiry']) if 'expiry' in i else 0) for s,i in instr.items()}
    usd=lambda i:indices.get(i.get('quote','USD'),1)
    def dl(s,q):
        i=instr[s]
        if i['kind']=='option': return q*delta(i['forward'],i['strike'],i['volatility'],T[s],i['optionType'])
        return q/i['mark'] if i['payoff']=='inverse' else q
    der=[(s,q) for s,q in positions if instr[s]['kind']!='spot']
    held=sum(q for s,q in positions if instr[s]['kind']=='spot'); D=sum(dl(s,q) for s,q in der)
    cnt=held if size=='held' else (math.copysign(min(abs(held),abs(D)),held) if held*D<0 else 0)
    for k in grid(rng):
        for row,sh in(('up',par['up']),('same',0),('down',-par['dn'])):
            t=0
            for s,q in der:
                i=instr[s]
                if i['kind']=='option':
                    h=(par['ref']/max(1,ceil(T[s]*365-1e-9)))**par['pw']
                    t+=q*usd(i)*(black(i['forward']*(1+k),i['strike'],max(0,i['volatility']*(1+sh*h)),T[s],i['optionType'])-black(i['forward'],i['strike'],i['volatility'],T[s],i['optionType']))
                elif i['payoff']=='inverse': t+=q*k
                else: t+=q*usd(i)*i['mark']*k
            sp=cnt*idx*k
            t+=max(0,sp) if direction=='gains-only' else sp
            cells[f"{k:g} {row}"]=t
    loss=max(0,-min(cells.values()))
    fut=sum(abs(dl(s,q)) for s,q in der if instr[s]['kind']!='option')*par['fut']*idx
    ser={}
    for s,q in der:
        i=instr[s]
        if i['kind']=='option': ser[(i['strike'],i['optionType'])]=ser.get((i['strike'],i['optionType']),0)+q
    opt=sum(max(0,-q) for q in ser.values())*par['opt']*idx
    vega=sum(a*(b-y)*365 for y,b,a in pairs([(T[s],q) for s,q in der if instr[s]['kind']=='option']))*par['vega']*idx
    dd=sum(a*(b-y) for y,b,a in pairs([(T[s],dl(s,q)) for s,q in der]))*par['delta']*idx
    mm=loss+fut+opt+vega+dd
    return dict(cells=cells,loss=loss,fut=fut,opt=opt,vega=vega,delta=dd,mm=mm,im=mm*par['im'])
def own(name,title,date,coin,rng,indices,instr,positions,overrides=(),size='offsetting',direction='both',par=P,notes=None,rules=None):
    asof=date+"T08:00:00Z"
    r=compute(asof,indices,instr,positions,coin,rng,par,size,direction)
    u=f"cross/maintenance/{coin}"
    some=list(r['cells'])
    exp={f"cell:grid-{coin}/{c}":r['cells'][c] for c in(some[0],some[2],some[6],some[-3],some[-1])}
    exp|={f"{u}/maximum-loss":r['loss'],f"{u}/contingency/future":r['fut'],f"{u}/contingency/option-contingency":r['opt'],f"{u}/contingency/vega-contingency":r['vega'],f"{u}/contingency/delta-contingency":r['delta'],"cross/maintenance":r['mm'],"cross/initial":r['im']}
    c=dict(title=title,provenance="own-computation",source=dict(title="the rules of the document, computed by a separate program"),date=date)
    if rules: c['rules']=rules
    if overrides: c['overrides']=[dict(path=a,value=b) for a,b in overrides]
    c|=dict(market=dict(venue="bybit",indices=indices,instruments=instr),portfolio=dict(positions=[dict(symbol=s,quantity=q) for s,q in positions]),expected=exp,tolerance=dict(relative=1e-9))
    if notes: c['notes']=notes
    write(name, c)
def book(coin,F,scale):
    o=lambda sym,k,cp,exp,v,f:{sym:dict(kind="option",underlying=coin,payoff="linear",quote="USDT",expiry=exp,strike=k,optionType=cp,forward=f,volatility=v)}
    i={f"{coin}USDT":dict(kind="perpetual",underlying=coin,payoff="linear",quote="USDT",mark=F*1.0005),
       f"{coin}USD":dict(kind="perpetual",underlying=coin,payoff="inverse",mark=F*.9995),
       f"{coin}-25DEC26":dict(kind="future",underlying=coin,payoff="linear",quote="USDC",mark=F*1.02,expiry="2026-12-25T08:00:00Z")}
    K=F*1.04
    i|=o(f"{coin}-30OCT26-{K:g}-C-USDT",K,"call","2026-10-30T08:00:00Z",.55,F*1.005)
    i|=o(f"{coin}-30OCT26-{K:g}-P-USDT",K,"put","2026-10-30T08:00:00Z",.56,F*1.005)
    i|=o(f"{coin}-25DEC26-{F:g}-P-USDT",F,"put","2026-12-25T08:00:00Z",.6,F*1.02)
    n=list(i)
    return i,n
for coin,F,s in(("BTC",70000,1),("ETH",2500,20),("SOL",150,300)):
    i,n=book(coin,F,s)
    ind={coin:F,"USDT":.9995}
    # interior worst cell: long straddle 4 % above, short far puts
    own(f"own-interior-{coin.lower()}",f"{coin}: loss is largest inside the grid; options of two expiries","2026-10-01",coin,.1,ind,i,[(n[3],2*s),(n[4],2.1*s),(n[5],-.5*s)])
    own(f"own-edges-{coin.lower()}",f"{coin}: loss is largest at the edge; linear and inverse futures, short options","2026-10-01",coin,.1,ind,i,[(n[0],1.5*s),(n[1],-.3*s*F),(n[2],-.4*s),(n[3],-1*s),(n[5],-2*s)])
i,n=book("BTC",70000,1); ind={"BTC":70000,"USDT":.9995}; bk=[(n[0],1.5),(n[3],-1),(n[4],-2),(n[5],1)]
own("own-wide-grid","BTC before 2025-01-10: price range of 15 %","2025-01-09","BTC",.15,ind,i,bk)
i2={**i,"BTC":dict(kind="spot",underlying="BTC",payoff="linear",quote="USD")}
hb=[(n[0],-.5),(n[3],-.6),("BTC",2)]
own("own-spot-offsetting","Spot counts up to the delta of the derivatives","2026-10-01","BTC",.1,ind,i2,hb)
own("own-spot-held","Spot counts as held","2026-10-01","BTC",.1,ind,i2,hb,[("/spotHedge/size","held")],size='held')
own("own-spot-gains","Spot counts by its gains only","2026-10-01","BTC",.1,ind,i2,hb,[("/spotHedge/direction","gains-only")],direction='gains-only')
own("own-spot-same-sign","Spot that adds to the delta does not count","2026-10-01","BTC",.1,ind,i2,[(n[0],.5),("BTC",2)])
own("own-rates-set","Rates of the user for the contingencies the venue does not publish","2026-10-01","BTC",.1,ind,i,bk+[(n[2],-1)],[("/units/BTC/optionContingency",.01),("/units/BTC/deltaContingency",.5)],par={**P,'opt':.01,'delta':.5})
