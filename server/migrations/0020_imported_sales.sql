-- The sales history of imported salons: receipt lines as they were, beside the visits they belong to. Nothing here is computed
-- with; it is kept so that nothing is lost.

create table imported_sales (
    store_id uuid not null,
    id uuid not null,
    -- Local date as days since 1970.
    local_day integer not null,
    receipt text not null,
    member_id uuid,
    booking_id uuid,
    kind text not null check (kind in ('service', 'product', 'card', 'redemption', 'return')),
    article text not null,
    staff text not null,
    -- Whether the buyer was booked for this service on this day: booked and performed are both kept.
    as_booked boolean not null,
    quantity bigint not null,
    -- Before tax, in cents of the store's currency.
    amount_cents bigint not null,
    -- In ten-thousandths of the currency unit, not rounded.
    tax_ten_thousandths bigint not null,
    primary key (store_id, id)
);
create index imported_sales_of_member on imported_sales (member_id) where member_id is not null;
