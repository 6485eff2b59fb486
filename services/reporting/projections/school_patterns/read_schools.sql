-- Listed schools by name: the only order in which schools are ever told.
select school_id, name from (
    select distinct on (school_id) school_id, name, listed from school where recorded_at < $4 order by school_id, log_seq desc
) as newest
where listed and ($1::text is null or (name, school_id) > ($1, $2::uuid))
order by name, school_id
limit $3
