# ruff: noqa: E501 - lines as systems write them
"""Small made-up exports in the form of common systems, with their dirt."""

from collections.abc import Iterable
from pathlib import Path

AVAYA_HSPLIT = """\
row_date,starttime,intrvl,acd,split,callsoffered,acdcalls,abncalls,acceptable,acdtime,acwtime,holdtime,anstime,abntime,i_stafftime,i_availtime,i_auxtime,i_othertime,maxstaffed
2026-01-05,0,30,1,12,4,4,0,4,800,40,0,20,0,3600,2700,0,100,2
2026-01-05,800,30,1,12,40,36,4,30,7200,720,180,360,80,18000,8000,1800,100,11
2026-01-05,830,30,1,12,50,44,6,33,8800,880,220,880,180,18000,7000,900,100,11
2026-01-05,1530,30,1,12,30,29,1,28,5800,580,0,145,10,14400,7000,900,100,9
2026-01-05,800,30,1,14,10,10,0,10,3000,100,0,30,0,5400,2000,0,0,3
2026-01-06,800,30,1,12,44,40,4,31,8000,800,200,400,80,18000,8000,1800,100,11
"""

AVAYA_SKILLS = """\
Split/Skill Summary Interval
Site: Lisbon, Europe/Lisbon
Printed 02/01/2026 10:00
Date,Split/Skill,Avg Speed Ans,Avg Aban Time,Calls Offered,ACD Calls,Avg ACD Time,Avg ACW Time,ACD Time,ACW Time,Hold Time,Avg Handle Time,% Within Service Level,Max Delay,Calls Answ <30 secs,Aban Calls,Dequeued Calls
Totals,,0:21,0:45,300,270,3:20,0:30,15:00:00,2:15:00,0:30:00,3:57,81.1,3:10,220,30,0
1/29/2026,Sales,0:20,0:40,100,90,3:20,0:30,5:00:00,0:45:00,0:10:00,3:57,80.5,3:00,73,10,0
1/30/2026,Smith, Jane,0:22,0:50,100,90,3:20,0:30,5:00:00,0:45:00,0:10:00,3:57,81.5,2:40,74,10,0
1/31/2026,Sales,0:21,0:45,100,90,3:20,0:30,5:00:00,0:45:00,0:10:00,3:57,81.4,3:10,73,10,0
"""

GENESYS_INTERVALS = """\
\ufeffInterval Start,Interval End,Interval Complete,Filters,Media Type,Queue or Agent Id,Name,Offer,Answer,Abandon,ASA,Service Level %,Handle,Avg Handle,Avg Talk,Avg Hold,Avg ACW,Total Handle
1/5/26 8:00 AM,1/5/26 8:30 AM,true,,voice,q-1,Orders,20,18,2,15000,0.8,18,240000,200000,10000,30000,4320000
1/5/26 8:30 AM,1/5/26 9:00 AM,true,,voice,q-1,Orders,30,27,3,18000,0.75,27,250000,205000,10000,35000,6750000
1/5/26 8:00 AM,1/5/26 8:30 AM,true,,chat,q-1,Orders,9,9,0,5000,1,9,600000,600000,0,0,5400000
1/13/26 8:30 AM,1/13/26 9:00 AM,false,,voice,q-1,Orders,3,2,0,9000,1,2,100000,100000,0,0,200000
"""

GENESYS_AGENTS = """\
Interval Start,Interval End,Agent Name,Logged In,On Queue,Idle,Off Queue,Interacting
2026-01-05 08:00:00,2026-01-05 08:30:00,Jane Smith,1800000,1800000,600000,0,1200000
2026-01-05 08:00:00,2026-01-05 08:30:00,John Doe,1800000,900000,300000,900000,600000
2026-01-05 08:30:00,2026-01-05 09:00:00,Jane Smith,1800000,1800000,0,0,1800000
"""

GENESYS_API = """\
Timestamp,QueueName,ContactsOffered,ContactsAnswered,ContactsAbandoned,ServiceLevelPct,AverageHandleTime,AverageTalkTime,AverageSpeedOfAnswer
2026-03-28T08:00:00Z,Support,12,11,1,91.7,301.5,250.1,12.2
2026-03-28T08:15:00Z,Support,15,14,1,88.0,299,249,14
2026-03-29T08:00:00Z,Support,0,0,0,0,0,0,0
2026-03-30T07:00:00Z,Support,10,10,0,100,310,260,4
"""

FIVE9 = """\
Date,Time,Calls Inbound,Calls Handled,Calls Abandoned,Answer Rate %,Avg Handle Time (sec),Avg Wait Time (sec),Service Level %
1/5/2026,9:00 AM,40,38,2,95,320,18,84
1/5/2026,12:30 PM,52,47,5,90.4,310,31,71
1/5/2026,12:00 AM,1,1,0,100,250,2,100
"""

NICE = """\
StartDate,StartTime,ContactsQueued,ContactsHandled,ContactsAbandoned,PercentHandled,AvgHandleTime,AvgSpeedAnswer,ServiceLevel
01/13/2026,09:00:00,40,38,2,95.00%,00:05:20,00:00:18,"81.20%"
01/13/2026,09:15:00,"1,052",1000,52,95.06%,00:05:10,00:00:31,"71.00%"
"""

WFM = """\
\ufeffDate;Interval;Queue;Required_FTE;Forecasted_CV;Forecasted_AHT;Actual_CV;Actual_AHT;Actual_ASA;Actual_Abandonment;Actual_Occupancy
05.01.2026;08:00;Claims;4,5;20;300;22;310,5;12;4,5%;78,5%
05.01.2026;08:15;Claims;5,0;25;300;20;290;15;5%;81%
13.01.2026;08:00;Claims;5,0;25;300;24;305;11;0%;80%
"""

EMERGENCY = """\
DateTime,Hour,911_10,911_15,911_20,911_40,911_60,911_120,911_121,911_AB,911_T,911_PCT_10,ADM_10,ADM_15,ADM_20,ADM_40,ADM_60,ADM_120,ADM_121,ADM_AB,ADM_T,Total,TTL_PCT_10
10/30/2026 0:00,0,20,3,1,0,0,0,0,2,26,83.3,10,2,2,1,0,0,0,1,16,42,78.9
10/30/2026 1:00,1,15,1,0,0,0,0,1,1,18,88.2,0,0,0,0,0,0,0,0,0,18,88
10/31/2026 2:00,2,12,2,1,1,0,0,0,0,16,75,4,1,0,0,0,0,0,0,5,21,70
"""

QUEUE_LOG = """\
1767600000|NONE|NONE|NONE|QUEUESTART|
1767600010|1767600010.1|sales|NONE|ENTERQUEUE||351911111111|1
1767600030|1767600010.1|sales|SIP/jane|CONNECT|20|1767600020.9|4
1767600150|1767600010.1|sales|SIP/jane|COMPLETECALLER|20|120|1
1767600040|1767600040.2|sales|NONE|ENTERQUEUE||351922222222|1
1767600100|1767600040.2|sales|NONE|ABANDON|1|1|60
1767600110|1767600110.3|support|NONE|ENTERQUEUE||351911111111|1
1767600115|1767600110.3|support|SIP/john|RINGNOANSWER|5000
1767600140|1767600110.3|support|SIP/john|CONNECT|30|1767600111.4|4
1767600200|1767600200.4|support|NONE|ENTERQUEUE||anonymous|1
1767600500|1767600200.4|support|NONE|EXITWITHTIMEOUT|1|1|300
1767600610|1767600610.5|sales|NONE|ENTERQUEUE||351933333333|1
1767600620|1767600610.5|sales|SIP/jane|CONNECT|10|1767600611.4|4
1767600680|1767600610.5|sales|SIP/jane|BLINDTRANSFER|200|from-internal|10|60|1
"""

PORTUGUESE = """\
Lista de chamadas;;;;;;;;
Global Connect;;;;;;;;
Tipo;Data de Início;Origem;Destino;Identificador Global da Chamada;Tempo da Fila de Espera;Serviço;Estado;Tempo de Conversação
Entrada;05/01/2026 09:00:10;'351911111111;'351210000000;g-1;00:00:20;Apoio;Atendida;00:02:00
Entrada;05/01/2026 09:02:35;'351911111111;'351210000001;g-1;00:00:05;Apoio;Atendida;00:01:00
Entrada;05/01/2026 09:05:00;'351922222222;'351210000000;g-2;00:00:45;Apoio;Não Atendida;00:00:00
Saída;05/01/2026 09:06:00;'351210000000;'351922222222;g-3;00:00:00;Apoio;Atendida;00:03:00
Entrada;13/01/2026 10:00:00;'351933333333;'351210000000;g-4;00:00:10;Vendas;Atendida;00:04:00
Entrada;13/01/2026 10:00:00;'351933333333;'351210000000;g-4;00:00:10;Vendas;Atendida;00:04:00
"""

BANK = """\
vru_line,call_id,customer,priority,type,date,vru_entry,vru_exit,vru_time,q_start,q_exit,q_time,outcome,ser_start,ser_exit,ser_time,server
XX01,1,11,2,PS,1999-03-01,9:00:00,9:00:05,5,9:00:05,9:00:45,40,HANG,0:00:00,0:00:00,0,NO_SERVER
XX01,2,0,0,PS,1999-03-01,9:01:00,9:01:10,10,0:00:00,0:00:00,0,HANG,0:00:00,0:00:00,0,NO_SERVER
XX02,1,12,1,NW,1999-03-01,9:02:00,9:02:06,6,9:02:06,9:02:26,20,AGENT,9:02:26,9:05:26,180,Dana B
XX02,2,11,0,PS,1999-03-01,9:04:00,9:04:08,8,0:00:00,0:00:00,0,AGENT,9:04:07,9:04:10,3,Dana B
XX02,3,13,0,PS,1999-03-01,9:06:00,9:05:58,-2,9:05:58,9:07:00,62,PHANTOM,9:06:30,9:06:40,10,NO_SERVER
XX01,3,14,0,IN,1999-03-01,23:58:00,23:58:05,5,23:58:05,0:00:05,120,AGENT,0:00:05,0:04:05,240,7
"""

ZENDESK = """\
Id,Requester,Group,Status,Priority,Via,Created at,Assigned at,Solved at,Satisfaction Score,Group stations,Assignee stations,Reopens,Replies,First reply time in minutes,Full resolution time in minutes,Assignee
101,Ann Lee,Tier 1,Closed,Normal,Mail,2026-01-05 09:00:00,2026-01-05 09:10:00,2026-01-05 15:00:00,Good,1,1,0,2,30,360,Jane Smith
102,Bob May,Tier 2,Solved,High,Web,2026-01-05 10:00:00,2026-01-05 10:05:00,2026-01-07 10:00:00,,3,4,2,5,60,2880,John Doe
103,Cy Dee,Tier 1,Open,Urgent,Mail,2026-01-06 08:00:00,,,,1,1,0,0,,,
"""

SERVICENOW = """\
number,incident_state,active,reassignment_count,reopen_count,sys_mod_count,made_sla,opened_at,contact_type,category,assignment_group,priority,sys_updated_at,resolved_at,closed_at,caller_id,assigned_to
INC1,New,true,0,0,0,true,29/2/2016 01:16,Phone,Category 55,Group 56,3 - Moderate,29/2/2016 01:23,?,?,Caller 2403,?
INC1,Resolved,true,1,1,2,true,29/2/2016 01:16,Phone,Category 55,Group 70,3 - Moderate,29/2/2016 08:53,29/2/2016 11:29,?,Caller 2403,Resolver 89
INC1,Closed,false,1,1,4,true,29/2/2016 01:16,Phone,Category 55,Group 70,3 - Moderate,5/3/2016 12:00,29/2/2016 11:29,5/3/2016 12:00,Caller 2403,Resolver 89
INC2,Active,true,0,0,1,false,1/3/2016 09:00,Self service,?,Group 56,1 - Critical,1/3/2016 09:10,?,?,Caller 7,?
"""


def written(folder: Path, text: str, name: str = "export.csv") -> Path:
    """A file with this text."""
    path = folder / name
    path.write_text(text, encoding="utf-8")
    return path


def calls(rows: Iterable[str], names: str = "") -> str:
    """A plain CSV of call records."""
    head = names or "Call Start,Answer Time,End Time,Result,Agent,Reason,Caller ID"
    return "\n".join([head, *rows]) + "\n"


def days_of_calls(days: Iterable[int]) -> str:
    """Days of January 2026 with a call every two minutes from 9:00 to 11:30.

    Two persons answer them, or they are lost after a while; nobody calls twice.
    """
    rows = []
    for day in days:
        for minute in range(0, 150, 2):
            clock = f"2026-01-{day:02d} {9 + minute // 60:02d}:{minute % 60:02d}"
            agent = ("Jane Smith", "Smith, John")[minute // 2 % 2]
            lost = minute % 26 == 0
            talk = 50 + (minute * 7 + day * 13) % 60
            answered = "" if lost else f"{clock}:{10 + minute % 7:02d}"
            hung_up = f"{clock}:{20 + minute * 3 % 39:02d}"
            end = hung_up if lost else f"{clock[:-2]}{minute % 60 + 1:02d}:{talk % 60:02d}"
            result = "ABANDONED" if lost else "ANSWERED"
            who = "" if lost else f'"{agent}"'
            rows.append(
                f"{clock}:03,{answered},{end},{result},{who},order,+3519{day:02d}{minute:05d}"
            )
    return calls(rows)
