-- Joins of all kinds.
select s.id, r.factor from sales s inner join rate r on s.region = r.region
select s.id, r.factor from sales s left outer join rate r on s.region = r.region
select s.id, r.region as rr from sales s right outer join rate r on s.region = r.region
select s.id, r.region as rr from sales s full join rate r on s.region = r.region and s.qty > 1
select s.id from sales s left semi join rate r on s.region = r.region
select s.id from sales s semi join rate r using (region)
select s.id from sales s anti join rate r on s.region = r.region
select s.id from sales s left anti join rate r on s.region <=> r.region
select s.id, r.region as rr from sales s cross join rate r where s.id = 1
select s.id, r.region as rr from sales s, rate r where s.region = r.region
select id, region, factor from sales join rate using (region)
select region, id, factor from sales full outer join rate using (region)
select * from rate natural left join (select region, sum(qty) as q from sales group by region) t
select a.id, b.id as other from sales a join sales b on a.region = b.region and a.id < b.id
select a.id, b.id as other from edge a join edge b on a.d = b.d
select a.id, b.id as other from edge a join edge b on a.d <=> b.d
select a.id, b.id as other from edge a join edge b on a.f = b.d
select a.id, b.id as other from edge a join edge b on a.m = b.q
select a.id, b.id as other from edge a left join word b on a.id = b.w
select a.id, b.id as other from edge a join txt b on a.i = b.n
select a.id, b.id as other from far a join far b on a.d = cast(b.ts as date) and a.id <> b.id
select a.id, b.id as other, c.id as third from sales a left join sales b on b.id = a.id + 1 left join sales c on c.id = b.id + 1 and c.region = a.region
select s.id, t.x from sales s left join (select region, max(amount) as x from sales group by region) t on t.region = s.region and t.x = s.amount
select s.id, t.n from sales s join lateral (select count(*) as n from rate r where r.region = s.region) t
select s.id, t.m from sales s left join lateral (select max(factor) as m from rate r where r.region = s.region) t on true
select s.id, r.factor from sales s left join rate r on false
select s.id, r.factor from sales s join rate r on s.region between r.region and 'ZZ'
select s.region, r.region as other from (select distinct region from sales) s full outer join rate r on s.region = r.region
select count(*) as n from edge a cross join edge b where a.t < b.t
select a.id, b.id as other from word a join word b on lower(a.w) = lower(b.w) and a.id < b.id
select /*+ broadcast(r) */ s.id, r.factor from sales s join rate r on s.region = r.region
select coalesce(a.k, b.k) as k, a.x, b.y from (values ('p', 1), (null, 2)) as a(k, x) full outer join (values ('p', 3), (null, 4)) as b(k, y) on a.k = b.k
select s.id, r.* from sales s join rate r on r.region = s.region where s.id < 4
select s.* from sales s left anti join (select 'EU' as region) x on x.region = s.region
select sales.id, rate.factor from sales join rate on sales.region = rate.region and rate.factor >= 1 where sales.qty > 1
select a.id from nest a join nest b on a.a = b.a
select a.id, x from sales a left join rate b on a.region = b.region lateral view explode(array(1, 2)) t as x where a.id < 3
