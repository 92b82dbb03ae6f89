"""Writes the rulebook and the cases of deribit-portfolio-legacy. Revalues with a Black formula of its own (math.erfc),
independent of the product. Run: python3 test/golden/deribit-legacy/make-cases.py . (Python 3.11, standard library only)."""
import json,os
from math import *
import sys
ROOT=sys.argv[1]
D=ROOT+'/core/methodology/deribit-portfolio-legacy/cases'
os.makedirs(D,exist_ok=True)
for f in os.listdir(D): os.remove(f'{D}/{f}')
def moves(R): return [round(R*k/5,6) for k in range(-5,6)]
def vol(up,dn,ps,pl): return {"mode":"relative","up":up,"down":dn,"referenceDays":30,"shortPower":ps,"longPower":pl,"minimumDays":1}
unc_common={"/priceMoves":"the source states the range; eleven equal columns as in version D are assumed",
 "/volatility/mode":"whether the change is relative or in volatility points is not stated; relative, as in version D, is assumed",
 "/volatility/minimumDays":"no floor on the days to expiry is stated; one day is assumed",
 "/initialFactor":"no factor between maintenance and initial margin was seen; none is applied",
 "/marginBalance":"equity is the margin balance from 2022-12-08; before, option value is assumed not to count"}
net={"/options/netOver":"whether options of one strike are netted across expiries is not stated; they are"}
V=[]
def v(name,frm,title,url,ret,par,cites,unc,note):
    V.append({"name":name,"effectiveFrom":frm,"source":{"title":title,"url":url,"retrieved":ret},"note":note,"parameters":par,
      "cites":{"":""} and {**{"/priceMoves":"price range","/volatility":"volatility change by days to expiry","/options":"option contingency","/futures":"futures contingency","/offsetVegaShare":"vega between expiries","/initialFactor":"initial and maintenance margin","/minimumEquity":"minimum equity","/marginBalance":"Portfolio Margin, margin balance"},**cites},"uncertain":unc})
est="The days are estimates from the age of the page."
v("pm-a","2017-01-01","Portfolio margin, version A","https://www.deribit.com/docs/category/uncategorized","page of about 2017",
 {"priceMoves":moves(.125),"volatility":vol(.4,.4,.5,.5),"options":{"formula":"all-options","rate":.01},"futures":{"formula":"offset","rate":.02},"offsetVegaShare":.25,"initialFactor":1,"minimumEquity":1,"marginBalance":"equity-less-options"},
 {"/volatility":"sqrt(30/days) x 40 %; 56.6 % at 15 days","/options":"1 % of all options","/futures":"2 % of offset futures: +100 and -100 is 2 BTC","/offsetVegaShare":"25 % of offset vega between expiries"},
 {**unc_common,"/offsetVegaShare":"how offset vega becomes money is not stated: the profit of volatility up by expiry is assumed"},est)
v("pm-b","2017-07-01","Portfolio margin, version B (third-party page)","https://riskingtime.com/tag/deribit","page of about 2017-18",
 {"priceMoves":moves(.1),"volatility":vol(.27,.27,.5,.5),"options":{"formula":"all-options","rate":.005},"futures":{"formula":"offset","rate":.01},"offsetVegaShare":0,"initialFactor":1,"minimumEquity":.5,"marginBalance":"equity-less-options"},
 {"/volatility":"sqrt(30/days) x 27 %","/options":"0.5 % of all options: 200 options is 1 BTC","/futures":"1 % of offset futures","/offsetVegaShare":"none between expiries"},unc_common,est)
v("pm-c","2018-07-01","Portfolio margin, version C","https://www.deribit.com/pages/docs/portfoliomargin","page of about 2018",
 {"priceMoves":moves(.1),"volatility":vol(.38,.38,.3,.3),"options":{"formula":"net-short-per-strike","rate":.01,"netOver":"strike"},"futures":{"formula":"offset","rate":.01},"offsetVegaShare":0,"initialFactor":1,"minimumEquity":.5,"marginBalance":"equity-less-options"},
 {"/volatility":"(30/days)^0.30 x 38 %; 38 % at 30 days","/options":"0.01 BTC per net short option per strike: +10 calls, -20 puts is 0.1 BTC","/futures":"1 % of offset futures","/offsetVegaShare":"no vega contingency on the page"},{**unc_common,**net},est)
sl="https://statics.deribit.com/files/DeribitPortfolioMarginModel.pdf"
dpar={"priceMoves":[round(.03*k,2) for k in range(-5,6)],"volatility":vol(.45,.3,.3,.13),"options":{"formula":"net-short-near-the-money","rate":.01,"netOver":"strike","range":.1,"rolling":"none"},"futures":{"formula":"cumulative","rate":.006},"offsetVegaShare":0,"initialFactor":1.2,"minimumEquity":0,"marginBalance":"equity-less-options"}
dun={k:x for k,x in unc_common.items() if k in("/volatility/minimumDays","/marginBalance")}
dun.update(net); dun["/options/rolling"]="the order of adjustment and rolling, and which longs count, are not stated; net shorts are added without rolling, which is the upper bound"
dc={"/priceMoves":"15 % in 11 columns of 3 %","/volatility":"+45 % and -30 % of the volatility, (30/days)^0.30 below 30 days, else ^0.13","/options":"0.01 per net short option per strike, adjusted inside 10 % of the money","/futures":"0.6 % of the cumulative absolute futures position","/offsetVegaShare":"none in the slides","/minimumEquity":"none in the slides","/initialFactor":"initial = 1.2 x maintenance"}
v("pm-d","2020-01-01","Earlier portfolio margin model, slides",sl,"about 2020",dpar,dc,dun,"The first day is an estimate.")
v("pm-d-2022-12-08","2022-12-08","Earlier portfolio margin model, slides; margin balance of 2022-12-08",sl,"about 2020, 2022-12-08",{**dpar,"marginBalance":"equity"},
 {**dc,"/marginBalance":"Portfolio Margin: from 2022-12-08 margin balance equals equity"},{k:x for k,x in dun.items() if k!="/marginBalance"},"Replaced in early 2024 by the extended risk matrix, methodology deribit-portfolio.")
json.dump({"methodology":"deribit-portfolio-legacy","versions":V},open(ROOT+'/resources/rulebooks/deribit-portfolio-legacy.json','w'),indent=1)
P={x["name"]:x["parameters"] for x in V}
# independent revaluation
N=lambda x:.5*erfc(-x/sqrt(2))
def bs(F,K,T,s,c):
    v_=s*sqrt(T)
    if v_==0: return max(0,(F-K) if c else (K-F))
    d1=(log(F/K)+v_*v_/2)/v_; d2=d1-v_
    return F*N(d1)-K*N(d2) if c else K*N(-d2)-F*N(-d1)
def shocked(s,days,par,row):
    vv=par["volatility"]
    if row=="same": return s
    d=max(days,vv["minimumDays"]); h=(vv["referenceDays"]/d)**(vv["shortPower"] if d<vv["referenceDays"] else vv["longPower"])
    ch={"up":vv["up"],"down":-vv["down"]}[row]*h
    return max(0,s*(1+ch) if vv["mode"]=="relative" else s+ch)
def pnl(i,q,m,row,par,idx):
    if i["kind"]=="option":
        F=i.get("forward",idx[i["underlying"]]); T=i["days"]/365; c=i["optionType"]=="call"; s=i["volatility"]
        s2=shocked(s,i["days"],par,row); F2=F*(1+m)
        if i["payoff"]=="inverse": return q*(bs(F2,i["strike"],T,s2,c)/F2-bs(F,i["strike"],T,s,c)/F)
        return q*(bs(F2,i["strike"],T,s2,c)-bs(F,i["strike"],T,s,c))
    if i["payoff"]=="inverse": return q*(1-1/(1+m))   # q in coins
    return q*i["mark"]*m
def worst(pos,instr,par,idx):
    best=(0,None)
    for k,m in enumerate(par["priceMoves"]):
        for row in("down","same","up"):
            t=fsum(pnl(instr[s],q,m,row,par,idx) for s,q in pos)
            if t<best[0]: best=(t,f"{k+1}-{row}")
    return -best[0],best[1]
from datetime import datetime,timedelta,timezone
def case(file,title,prov,source,date,version,idx,instr,pos,expected,tol,overrides=None,balances=None,components=None,notes=None):
    ii={}
    for s,i in instr.items():
        j={k:x for k,x in i.items() if k!="days"}
        if "days" in i:
            t=datetime.fromisoformat(date+"T08:00:00+00:00")+timedelta(days=i["days"]); j["expiry"]=t.strftime("%Y-%m-%dT%H:%M:%SZ")
        ii[s]=j
    c={"title":title,"provenance":prov,"source":source,"date":date,"rules":{"name":version}}
    if overrides: c["overrides"]=overrides
    c["market"]={"indices":idx,"instruments":ii}
    c["portfolio"]={"positions":[{"symbol":s,("coins" if instr[s]["kind"]!="option" and instr[s]["payoff"]=="inverse" else "quantity"):q} for s,q in pos]}
    if balances: c["portfolio"]["balances"]=balances
    if components: c["portfolio"]["components"]=components
    c["expected"]=expected;c["tolerance"]=tol
    if notes:c["notes"]=notes
    json.dump(c,open(f'{D}/{file}.json','w'),indent=1)
def opt(K,t,vol,days,u="BTC",payoff="inverse",F=None):
    d={"kind":"option","underlying":u,"payoff":payoff,"strike":K,"optionType":t,"volatility":vol,"days":days}
    if F: d["forward"]=F
    return d
def fut(mark,days,u="BTC",payoff="inverse"): return {"kind":"future","underlying":u,"payoff":payoff,"mark":mark,"days":days}
def perp(mark,u="BTC",payoff="inverse"): return {"kind":"perpetual","underlying":u,"payoff":payoff,"mark":mark}
A={"title":"Portfolio margin, version A","url":"https://www.deribit.com/docs/category/uncategorized","date":"about 2017"}
B={"title":"Portfolio margin, version B","url":"https://riskingtime.com/tag/deribit","date":"about 2017-2018"}
C={"title":"Portfolio margin, version C","url":"https://www.deribit.com/pages/docs/portfoliomargin","date":"about 2018"}
Ds={"title":"Earlier portfolio margin model, slides","url":sl,"date":"about 2020, in force to early 2024"}
own=lambda s:{**s,"note":"rule published; numbers computed independently from it"}
case("a-offset-futures","Version A: 2 % of offset futures, +100 and -100","published",A,"2017-03-01","pm-a",{"BTC":1200},{"BTC-31MAR17":fut(1200,30),"BTC-30JUN17":fut(1210,121)},
 [("BTC-31MAR17",100),("BTC-30JUN17",-100)],{"BTC/maintenance/BTC/futures-contingency":2,"BTC/maintenance":2,"BTC/initial":2},1e-9,notes="deribit-legacy-a-futures; the matrix cancels, every column is independent of the price")
i={"BTC-A-C":opt(50000,"call",.0001,60),"BTC-A-P":opt(100,"put",.0001,60)}
case("b-all-options","Version B: 0.5 % of all options, 200 options","published",B,"2017-09-01","pm-b",{"BTC":4500},{"BTC-31OCT17-50000-C":i["BTC-A-C"],"BTC-31OCT17-100-P":i["BTC-A-P"]},
 [("BTC-31OCT17-50000-C",120),("BTC-31OCT17-100-P",-80)],{"BTC/maintenance/BTC/option-contingency":1},1e-9,notes="deribit-legacy-b-options; long and short count alike")
case("c-net-short","Version C: +10 calls and -20 puts at one strike: 10 net short","published",C,"2018-09-01","pm-c",{"BTC":7000},
 {"BTC-28SEP18-7000-C":opt(7000,"call",.7,27),"BTC-28SEP18-7000-P":opt(7000,"put",.7,27)},[("BTC-28SEP18-7000-C",10),("BTC-28SEP18-7000-P",-20)],
 {"BTC/maintenance/BTC/option-contingency":.1},1e-9,notes="deribit-legacy-c-short")
# d factor: worst 3.5, contingency .25
x=3.5/(1/.85-1); short=(.25-.006*x)/.01
case("d-initial-factor","Version D: initial = 1.2 x maintenance (worst loss 3.5, contingency 0.25)","own-computation",Ds,"2022-03-01","pm-d",{"BTC":40000},
 {"BTC-PERPETUAL":perp(40000),"BTC-3MAR22-400000-C":opt(400000,"call",.5,2)},[("BTC-PERPETUAL",x),("BTC-3MAR22-400000-C",-short)],
 {"BTC/maintenance/BTC/worst-cell":3.5,"BTC/maintenance":3.75,"BTC/initial":4.5},1e-9,notes="deribit-legacy-d-factor; sizes chosen so that the parts are those of the example")
case("d-peer-future","Price columns of a 15 % model: 10 ETH futures of a venue that copied version D","published",{"title":"Risk control rules, portfolio margin","url":"https://wiki.dederi.io/RiskControlRules/portfolio_margin","date":"2024"},"2023-06-01","pm-d-2022-12-08",{"ETH":2243.3},
 {"ETH_USDC-21JUN23":fut(2253.2,20,"ETH","linear")},[("ETH_USDC-21JUN23",10)],
 {**{f"cell:matrix-ETH/{k+1}-same":m for k,m in enumerate([-3380,-2704,-2028,-1352,-676,0,676,1352,2028,2704,3380])},"USDC/maintenance/ETH/futures-contingency":134.6},1,
 notes="peer-dederi-future; spot 2,243.3, rate 8 %, 20 days give the future 2,253.2; the contingency is taken at the index")
def full(file,title,src,date,version,idx,instr,pos,conting,und="BTC",cur="BTC",overrides=None,balances=None,components=None,extra=None,notes=None):
    par=json.loads(json.dumps(P[version]))
    for o in overrides or []:
        q=par; ks=o["path"].split("/")[1:]
        for k in ks[:-1]: q=q[k]
        q[ks[-1]]=o["value"]
    w,cell=worst(pos,instr,par,idx)
    mm=w+conting; orders=sum(c["amount"] for c in components or [])
    exp={f"{cur}/maintenance/{und}/worst-cell":w,f"{cur}/maintenance":mm,f"{cur}/initial":mm*par["initialFactor"]+orders,**(extra or {})}
    if cell: exp[f"cell:matrix-{und}/{cell}"]=-w
    case(file,title,"own-computation",own(src),date,version,idx,instr,pos,exp,1e-9,overrides,balances,components,notes)
    print(file,cell,w,mm)
# short-dated short straddle: up binds
S={"X-C":opt(40000,"call",.8,7),"X-P":opt(40000,"put",.8,7)}
nm=lambda s,K,t:f"BTC-{s}-{K}-{t}"
i={nm("8MAR22",40000,"C"):opt(40000,"call",.8,7),nm("8MAR22",44000,"C"):opt(44000,"call",.8,7)}
full("d-short-week","Version D: short calls of one week: volatility up binds",Ds,"2022-03-01","pm-d",{"BTC":40000},i,[(nm("8MAR22",40000,"C"),-10),(nm("8MAR22",44000,"C"),-5)],.01*5,extra={"BTC/maintenance/BTC/option-contingency":.05},notes="the strike at the money counts nothing, the one 10 % away counts whole")
i={nm("30MAY22",40000,"C"):opt(40000,"call",.7,90),nm("30MAY22",40000,"P"):opt(40000,"put",.7,90)}
full("d-long-quarter","Version D: long straddle of 90 days: volatility down binds",Ds,"2022-03-01","pm-d",{"BTC":40000},i,[(nm("30MAY22",40000,"C"),4),(nm("30MAY22",40000,"P"),4)],0)
i={nm("30MAY22",44000,"C"):opt(44000,"call",.7,90),nm("30MAY22",36000,"P"):opt(36000,"put",.7,90)}
full("d-short-quarter","Version D: short strangle of 90 days, strikes 10 % away",Ds,"2022-03-01","pm-d",{"BTC":40000},i,[(nm("30MAY22",44000,"C"),-4),(nm("30MAY22",36000,"P"),-4)],.08)
i={"BTC-1MAR22-41000-C":opt(41000,"call",.9,.5)}
full("d-half-day","Version D: short call of half a day: days count at least one",Ds,"2022-03-01","pm-d",{"BTC":40000},i,[("BTC-1MAR22-41000-C",-10)],.01*10*1000/4000)
i={nm("29MAR22",42000,"C"):opt(42000,"call",.7,28),nm("29MAR22",45000,"C"):opt(45000,"call",.7,28),nm("29MAR22",38000,"P"):opt(38000,"put",.7,28)}
pos=[(nm("29MAR22",42000,"C"),-10),(nm("29MAR22",45000,"C"),6),(nm("29MAR22",38000,"P"),-3)]
full("d-near-the-money","Version D: strikes 5 % from the money count half",Ds,"2022-03-01","pm-d",{"BTC":40000},i,pos,.01*(5+1.5),extra={"BTC/maintenance/BTC/option-contingency":.065})
full("d-rolled","Version D, other reading: longs further out offset net shorts",Ds,"2022-03-01","pm-d",{"BTC":40000},i,pos,.01*1.5,overrides=[{"path":"/options/rolling","value":"further-out"}],extra={"BTC/maintenance/BTC/option-contingency":.015},
 notes="upward 5 short at 42,000 against 6 long at 45,000 leaves nothing; downward 1.5 short stays")
i={nm("29MAR22",50000,"C"):opt(50000,"call",.7,28),nm("26APR22",50000,"C"):opt(50000,"call",.7,56)}
pos=[(nm("29MAR22",50000,"C"),-10),(nm("26APR22",50000,"C"),10)]
full("d-calendar","Version D: a calendar spread nets at its strike",Ds,"2022-03-01","pm-d",{"BTC":40000},i,pos,0)
full("d-calendar-by-expiry","Version D, other reading: strikes are netted within each expiry",Ds,"2022-03-01","pm-d",{"BTC":40000},i,pos,.1,overrides=[{"path":"/options/netOver","value":"strike-and-expiry"}])
i={nm("16MAR17",1200,"C"):opt(1200,"call",.9,15),nm("15MAY17",1200,"P"):opt(1200,"put",.8,75)}
pos=[(nm("16MAR17",1200,"C"),-20),(nm("15MAY17",1200,"P"),12)]
def vega(par,idx):
    a=[pnl(i[s],q,0,"up",par,idx) for s,q in pos]
    return min(max(0,max(a)),max(0,-min(a)))
for mode in("relative","absolute"):
    par=json.loads(json.dumps(P["pm-a"])); par["volatility"]["mode"]=mode; vg=vega(par,{"BTC":1200})
    full(f"a-options-{mode}",f"Version A: options of two expiries, change of volatility {mode}",A,"2017-03-01","pm-a",{"BTC":1200},i,pos,.32+.25*vg,
     overrides=None if mode=="relative" else [{"path":"/volatility/mode","value":mode}],extra={"BTC/maintenance/BTC/vega-contingency":.25*vg})
i={nm("16SEP17",4500,"C"):opt(4500,"call",.9,15),nm("15NOV17",4500,"P"):opt(4500,"put",.8,75),"BTC-29SEP17":fut(4600,28)}
pos=[(nm("16SEP17",4500,"C"),-20),(nm("15NOV17",4500,"P"),12),("BTC-29SEP17",5)]
full("b-options","Version B: options of two expiries and a future",B,"2017-09-01","pm-b",{"BTC":4500},i,pos,.16)
i={nm("28SEP18",7500,"C"):opt(7500,"call",.7,27),nm("28DEC18",6500,"P"):opt(6500,"put",.7,118),"BTC-PERPETUAL":perp(7000),"BTC-28SEP18":fut(7050,27)}
pos=[(nm("28SEP18",7500,"C"),-20),(nm("28DEC18",6500,"P"),-12),("BTC-PERPETUAL",6),("BTC-28SEP18",-4)]
full("c-mixed","Version C: short strangle over two expiries with a futures spread; orders are an input",C,"2018-09-01","pm-c",{"BTC":7000},i,pos,.32+.04,
 balances=[{"currency":"BTC","equity":10,"optionsValue":-2}],components=[{"id":"open-orders","currency":"BTC","amount":.3}],extra={"BTC/margin-balance":12,"BTC/equity":10})
i={nm("30JUN23",30000,"C"):opt(30000,"call",.5,29),"ETH-30JUN23-2000-P":opt(2000,"put",.6,29,"ETH")}
pos=[(nm("30JUN23",30000,"C"),-2),("ETH-30JUN23-2000-P",-50)]
wb,_=worst(pos[:1],i,P["pm-d"],{"BTC":27000}); we,_=worst(pos[1:],i,P["pm-d"],{"ETH":1900})
cb=.01*2; ce=.01*50*(100/190)
case("d-two-coins","Version D from 2022-12-08: BTC and ETH apart; margin balance is equity","own-computation",own(Ds),"2023-06-01","pm-d-2022-12-08",{"BTC":27000,"ETH":1900},i,pos,
 {"BTC/maintenance":wb+cb,"BTC/initial":1.2*(wb+cb),"ETH/maintenance":we+ce,"ETH/initial":1.2*(we+ce),"BTC/margin-balance":1.5,"BTC:availableFunds":1.5-1.2*(wb+cb)},1e-9,balances=[{"currency":"BTC","equity":1.5}])
for name,d,e,n in (("a","2017-03-01",.95,"pm-a"),("c","2018-09-01",.48,"pm-c")):
    case(f"{name}-minimum-equity",f"Version {name.upper()}: equity below the least the model asks for is remarked","own-computation",own(A if name=="a" else C),d,n,{"BTC":1200},{"BTC-PERPETUAL":perp(1200)},[("BTC-PERPETUAL",.1)],
     {"remarks:5.2":1,"BTC/equity":e},1e-9,balances=[{"currency":"BTC","equity":e}])
case("d-no-minimum-equity","Version D: the slides state no minimum equity","own-computation",own(Ds),"2022-03-01","pm-d",{"BTC":40000},{"BTC-PERPETUAL":perp(40000)},[("BTC-PERPETUAL",.001)],{"remarks:5.2":0,"BTC/equity":.0005},1e-9,balances=[{"currency":"BTC","equity":.0005}])
