-- Every figure of the call log that is plain counting, one view each; the first columns, which
-- hold text, name the table, the others are its keys. Opening hours of whole days only, unless
-- the name says otherwise.

create schema figures;

create view figures.rows_by_type as
select type, count(*) as rows, count(*) filter (outcome = 'PHANTOM') as phantom,
    count(*) filter (outcome <> 'PHANTOM' and not open) as when_closed
from recorded group by all order by rows desc;

create view figures.whole_days as
select day, count(distinct date) as days, sum(per_day) as calls_per_day
from open_call group by all order by day;

create view figures.by_date as
select date::varchar as date, count(*) as calls,
    avg(queued::int) as queued, avg(abandoned::int) as abandoned,
    avg(wait_s) filter (answered) as mean_wait_answered_s, any_value(agent_hours) as agent_hours
from open_call join (select date, sum(finish - start) / 3600 as agent_hours from spell group by all)
    using (date)
group by all order by date;

create view figures.calls_per_day as
pivot open_call on weekday
    in ('sunday', 'monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday')
    using coalesce(sum(per_weekday), 0) group by reason order by reason;

create view figures.calls_per_day_when_closed as
pivot (from call where not open) on day in ('ordinary', 'friday', 'saturday')
    using coalesce(sum(per_day), 0) group by reason order by reason;

create view figures.calls_per_half_hour as
pivot (
    select reason, days, list(calls order by slot) as calls
    from (
        select reason, slot, days, round(avg(calls), 2) as calls
        from half_hour join (values ('sunday', 'sun_tue_thu'), ('tuesday', 'sun_tue_thu'),
            ('thursday', 'sun_tue_thu'), ('monday', 'mon_wed'), ('wednesday', 'mon_wed'),
            ('sunday', 'ordinary'), ('monday', 'ordinary'), ('tuesday', 'ordinary'),
            ('wednesday', 'ordinary'), ('thursday', 'ordinary'), ('friday', 'friday'),
            ('saturday', 'saturday')) as week(weekday, days) using (weekday)
        group by all
    ) group by all
) on days in ('ordinary', 'sun_tue_thu', 'mon_wed', 'friday', 'saturday')
    using first(calls) group by reason order by reason;

create view figures.menu as
select coalesce(reason, 'all') as reason, count(*) as calls, avg(left_menu::int) as left_menu
from open_call group by grouping sets ((reason), ()) order by calls desc;

create view figures.menu_when_closed as
select day, count(*) as calls, avg(left_menu::int) as left_menu
from call where not open group by all order by day;

-- Negative times are the menu's clock running backwards; returned calls meet no menu.
create view figures.menu_time as
select if(left_menu, 'left', 'asked_for_agent') as caller, count(*) as calls, avg(menu_s) as mean_s,
    stddev(menu_s) as sd_s, quantile_cont(menu_s, [0.05, 0.25, 0.5, 0.75, 0.95, 0.99]) as quantiles_s
from open_call where menu_s >= 0 and reason <> 'returned_call' group by all order by caller;

-- Callers are identified, and their priority known, only when they queue.
create view figures.priority as
select reason, count(*) as queued, avg((priority = 'high')::int) as high,
    avg((customer > 0)::int) as identified
from asking where queued group by all order by reason;

create view figures.overtaking as
select period, earlier || '_then_' || later as pair, lag, count(*) as pairs,
    avg(overtook::int) as later_served_first
from pair group by all order by all;

-- Callers who abandoned and were called back by the centre: no redial of theirs.
create view figures.returned_after_abandoning as
select count(*) as abandoned, count(*) filter (delay_s <= 3600) / count(*) as within_1_h,
    count(*) filter (delay_s <= 86400) / count(*) as within_1_day
from (
    select min(epoch(back.date) + back.asked) - any_value(epoch(left_at.date) + left_at.q_exit)
        as delay_s
    from recorded left_at left join recorded back
        on back.customer = left_at.customer and back.type = 'TT'
            and epoch(back.date) + back.asked > epoch(left_at.date) + left_at.q_exit
    where left_at.abandoned and left_at.customer > 0 and left_at.type <> 'TT'
    group by left_at.rowid
);

create view figures.handle_all as
select coalesce(reason, 'all') as reason, count(*) as answered,
    avg((handle_s = 0)::int) as zero, avg((handle_s between 1 and 9)::int) as under_10_s,
    count(*) filter (handle_s > 7200) as over_2_h, avg(handle_s) as mean_s
from asking where answered group by grouping sets ((reason), ()) order by answered desc;

create view figures.handle as
select coalesce(reason, 'all') as reason, count(*) as calls, avg(handle_s) as mean_s,
    stddev(handle_s) as sd_s, sd_s / mean_s as cv, median(handle_s) as median_s,
    avg(log_s) as mu, stddev(log_s) as sigma, exp(mu + sigma ** 2 / 2) as lognormal_mean_s,
    quantile_cont(handle_s, [0.1, 0.25, 0.5, 0.75, 0.9, 0.99]) as quantiles_s
from handled group by grouping sets ((reason), ()) order by calls desc;

-- Spread between agents of the mean handle time; the agents' own sampling error is taken out.
create view figures.agents as
select count(*) as agents, min(mean) as lowest_mean_s, max(mean) as highest_mean_s,
    stddev(mean) / avg(mean) as cv,
    sqrt(var_samp(mean) - avg(error)) / avg(mean) as cv_without_sampling_error
from (
    select server, avg(handle_s) as mean, var_samp(handle_s) / count(*) as error
    from handled where reason = 'regular' and server <> 'NO_SERVER'
    group by all having count(*) > 200
);

create view figures.skills as
pivot skill on reason in ('regular', 'prospect', 'stock', 'internet', 'returned_call')
    using first(round(lift, 2)) group by server order by server;

-- What an agent may take, read from what the agent did take: half of an average agent's calls.
create view figures.heads_by_skill as
select skills, any_value(agents) as agents, list(round(heads, 2) order by slot) as ordinary_heads
from (
    select skills, slot, any_value(agents) as agents, sum(per_day * greatest(0,
        least(finish, (slot + 1) * 1800) - greatest(start, slot * 1800))) / 1800 as heads
    from spell join (
        select *, count(*) over (partition by skills) as agents
        from (select server, string_agg(reason, ' ' order by reason) as skills from skill
              where lift >= 0.5 and reason <> 'returned_call' group by server)
    ) using (server) cross join (select unnest(range(14, 48)) as slot)
    where day = 'ordinary' group by skills, slot
) group by skills order by agents desc;

create view figures.duty as
select day, hours / days as agent_hours_per_day, talk / days as talk_hours_per_day,
    heads / days as agents_per_day, spells / days as spells_per_day
from (select day, sum(finish - start) / 3600 as hours, count(distinct date) as days,
          count(distinct (date, server)) as heads, count(*) as spells from spell group by all)
join (select day, sum(ended - began) / 3600 as talk from leg group by all) using (day)
order by day;

create view figures.mean_heads_on_duty as
select day, list(heads order by slot) as heads
from (select day, slot, round(avg(heads), 1) as heads from heads group by all)
group by all order by day;

-- Whole heads: each weekday takes over the rounding of the one before, so that every half-hour
-- keeps its agent-hours over the week.
create view figures.heads_on_duty as
select weekday, list(total - before order by slot) as heads
from (
    select *, coalesce(lag(total) over (partition by day order by slot, number), 0) as before
    from (
        select weekday, day, slot, number,
            round(sum(heads) over (partition by day order by slot, number))::int as total
        from heads join (values ('sunday', 0), ('monday', 1), ('tuesday', 2), ('wednesday', 3),
            ('thursday', 4), ('friday', 5), ('saturday', 6)) as week(weekday, number)
            using (weekday)
    )
) group by all order by any_value(number);

create view figures.observed as
select coalesce(day, 'all') as day, coalesce(reason, 'all') as reason, count(*) as asking,
    avg(answered::int) as answered, avg(abandoned::int) as abandoned, avg(queued::int) as queued,
    sum(abandoned::int) / nullif(sum(queued::int), 0) as abandoned_of_queued,
    avg((answered and wait_s <= 20)::int) as answered_within_20_s,
    avg(wait_s) filter (answered) as mean_wait_answered_s, avg(wait_s) as mean_wait_s
from asking group by grouping sets ((day, reason), (day), ()) order by day, asking desc;

create view figures.observed_by_priority as
select reason, priority, count(*) as queued, avg(abandoned::int) as abandoned,
    avg(wait_s) filter (answered) as mean_wait_answered_s, avg(wait_s) as mean_wait_s
from asking where queued and date >= '1999-01-14' group by all order by all;

create view figures.observed_per_half_hour as
select day, list(calls order by slot) as asking, list(wait order by slot) as mean_wait_answered_s,
    list(abandoned order by slot) as abandoned, list(queued order by slot) as queued
from (
    select day, slot, round(sum(per_day), 1) as calls,
        round(avg(wait_s) filter (answered), 1) as wait,
        round(avg(abandoned::int), 3) as abandoned, round(avg(queued::int), 3) as queued
    from asking group by all
) group by all order by day;
