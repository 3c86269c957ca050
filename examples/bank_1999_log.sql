-- The call log of the "Anonymous Bank", January 1999, as tables that the figures are counted from.
--
-- PS and PE (regular banking, Hebrew and English) are one reason. PHANTOM rows and type AA are
-- dropped. A call belongs to the half-hour in which it left the voice menu. Opening hours, seen
-- from the first and last answered calls: Sunday to Thursday 07:00-24:00, Friday 07:00-14:00,
-- Saturday 19:00-24:00.

create table recorded as
select
    case type when 'NW' then 'prospect' when 'NE' then 'stock' when 'IN' then 'internet'
        when 'TT' then 'returned_call' else 'regular' end as reason,
    type, date, lower(dayname(date)) as weekday,
    case dayofweek(date) when 5 then 'friday' when 6 then 'saturday' else 'ordinary' end as day,
    case day when 'saturday' then 19 else 7 end * 3600 as opens,
    case day when 'friday' then 14 else 24 end * 3600 as closes,
    customer, case priority when 2 then 'high' else 'normal' end as priority, outcome, server,
    epoch(vru_exit)::int as asked, asked // 1800 as slot, vru_time as menu_s,
    asked >= opens and asked < closes as open,
    epoch(q_start) > 0 as queued, epoch(q_start)::int as q_start, epoch(q_exit)::int as q_exit,
    if(queued, q_time, 0) as wait_s,
    epoch(ser_start)::int as began, ser_time as handle_s,
    if(ser_exit < ser_start, 86400, epoch(ser_exit)::int) as ended,
    outcome = 'AGENT' as answered,
    outcome = 'HANG' and queued as abandoned,
    outcome = 'HANG' and not queued as left_menu
from read_csv(getvariable('path'))
where type <> 'AA';

-- A day on which recording stopped for an hour within opening hours is no whole day.
create table incomplete_day as
select distinct date
from (
    select date, asked - lag(asked) over (partition by date order by asked) as silence_s
    from recorded where open
)
where silence_s > 3600;

-- Each call carries its weight in a mean per day of its weekday, and of its kind of day.
create table whole_day as
select date, 1 / count(*) over (partition by weekday) as per_weekday,
    1 / count(*) over (partition by day) as per_day
from (select distinct date, weekday, day from recorded anti join incomplete_day using (date));

create view call as
select * from recorded join whole_day using (date) where outcome <> 'PHANTOM';

create view open_call as select * from call where open;
create view asking as select * from open_call where not left_menu;

-- Under 10 s are agents hanging up, over 2 h a line left open: neither belongs in a fit.
create view handled as
select *, ln(handle_s) as log_s from asking where answered and handle_s between 10 and 7200;

-- Every half-hour of opening with its mean number of calls, half-hours without a call included.
create view half_hour as
select reason, weekday, day, slot, coalesce(calls, 0) as calls
from (select distinct reason from open_call)
cross join (select distinct weekday, day, opens // 1800 as first, closes // 1800 as last
            from open_call)
cross join (select unnest(range(48)) as slot)
left join (select reason, weekday, slot, sum(per_weekday) as calls from open_call group by all)
    using (reason, weekday, slot)
where slot >= first and slot < last;

-- What a caller with an account did next. Callers are known by number only when they queued, so
-- a redial that was answered immediately is not seen; prospects have no number. Returned calls are the
-- centre's own. Recording ended before 11 January and after 31 January.
create view next_call as
select *, least(next_at, log_end) - ended_at as delay_s, coalesce(next_at < log_end, false) as seen
from (
    select abandoned, answered, epoch(date) + if(abandoned, q_exit, ended) as ended_at,
        lead(epoch(date) + asked) over each_customer as next_at,
        lead(date) over each_customer as next_date, lead(slot) over each_customer as next_slot,
        epoch(if(date < '1999-01-11', date '1999-01-11', date '1999-02-01')) as log_end
    from recorded
    where outcome <> 'PHANTOM' and customer > 0 and type <> 'TT'
    window each_customer as (partition by customer order by date, asked)
)
where (abandoned or answered) and ended_at < log_end and delay_s >= 0;

create view share_queued as
select date as next_date, slot as next_slot, avg(queued::int) as queued
from asking group by all;

-- An agent is on duty from the first to the last call of a spell without a gap of over half an
-- hour: on duty, even the quietest half-hour brings several calls. A spell that begins within half
-- an hour of opening (ends within half an hour of closing) reaches back to opening (to closing).
create table leg as
select date, weekday, day, per_weekday, per_day, opens, closes, server, reason, slot, began, ended,
    lead(began) over one_agent as next_began,
    coalesce(began - lag(ended) over one_agent > 1800, true) as first_of_spell
from asking
where answered and server <> 'NO_SERVER' and began >= opens
window one_agent as (partition by date, server order by began, ended);

create table spell as
select * exclude (number), if(first < opens + 1800, opens, first) as start,
    if(last > closes - 1800, closes, least(last, closes)) as finish
from (
    select date, weekday, day, per_weekday, per_day, opens, closes, server, number,
        min(began) as first, max(ended) as last
    from (select *, sum(first_of_spell::int) over (partition by date, server order by began, ended)
              as number from leg)
    group by all
);

-- Stretches of time in which a regular caller waits all along: an agent who is ready gets a call.
create table stretch as
select date, min(second) as start, max(second) + 1 as finish
from (
    select date, second, second - row_number() over (partition by date order by second) as number
    from (select distinct date, unnest(range(q_start, q_exit)) as second
          from asking where reason = 'regular' and queued)
)
group by date, number;

-- How long an agent is not ready after a call that ended while somebody waited. The time is seen
-- when the next call begins in the same stretch (2 s are the switch's own), otherwise it lasted at
-- least until nobody waited any more.
create view unready as
select next_began <= finish + 2 as seen,
    if(seen, next_began, greatest(finish, ended + 1)) - ended as unready_s
from (
    select leg.date, ended, coalesce(next_began, 86400 * 2) as next_began, stretch.finish
    from leg join stretch
        on leg.date = stretch.date and ended + 1 >= stretch.start and ended + 1 < stretch.finish
)
where next_began > ended;

create view heads as
select weekday, day, slot, coalesce(heads, 0) as heads
from (select distinct weekday, day, slot from half_hour)
left join (
    select weekday, slot, sum(per_weekday * greatest(0,
        least(finish, (slot + 1) * 1800) - greatest(start, slot * 1800))) / 1800 as heads
    from spell cross join (select unnest(range(48)) as slot) group by all
) using (weekday, slot);

-- Calls of a reason that an agent took, over those that fell to an average agent of the same hours.
create view skill as
select server, mix.reason, count(*) filter (leg.reason = mix.reason) / sum(share) as lift
from leg join (
    select weekday, slot, reason, count(*) / sum(count(*)) over (partition by weekday, slot) as share
    from leg group by weekday, slot, reason
) mix using (weekday, slot)
group by server, mix.reason;

-- Of two regular callers who waited at the same time and were both answered: was the later first?
create view pair as
select if(earlier.date < '1999-01-14', 'until_10_january', 'from_14_january') as period,
    if(later.q_start - earlier.q_start < 90, 'under_90_s', 'over_90_s') as lag,
    earlier.priority as earlier, later.priority as later,
    later.q_exit < earlier.q_exit as overtook
from asking earlier join asking later using (date)
where earlier.reason = 'regular' and later.reason = 'regular'
    and earlier.answered and later.answered and earlier.queued and later.queued
    and later.q_start > earlier.q_start and later.q_start < earlier.q_exit;
