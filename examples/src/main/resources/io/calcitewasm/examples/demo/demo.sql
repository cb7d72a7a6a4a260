-- A tour of calcite-wasm: functions from WebAssembly components over two data sets of others.

-- Chinook, a shop for digital music, is an HSQLDB database. It becomes a schema.
CREATE FOREIGN SCHEMA chinook TYPE 'jdbc' OPTIONS (
  url 'jdbc:hsqldb:res:chinook', "user" 'CHINOOK', password 'CHINOOK', schema 'chinook');

-- FoodMart, a chain of supermarkets, is another. It is 80 MB of SQL, which takes some seconds.
CREATE FOREIGN SCHEMA foodmart TYPE 'jdbc' OPTIONS (
  url 'jdbc:hsqldb:res:foodmart', "user" 'FOODMART', password 'FOODMART', schema 'foodmart');

-- Three components, written in Rust. Each becomes a schema of functions, without any declaration:
-- names and types come from the component's own interface. Nothing of them has run yet.
CREATE MODULE text FROM 'guest-sdk/components/text/text.component.wasm';

CREATE MODULE geo FROM 'guest-sdk/components/geo/geo.component.wasm';

CREATE MODULE money FROM 'guest-sdk/components/money/money.component.wasm';

-- Some of what they brought.
SELECT module, signature
FROM wasm.functions
WHERE name LIKE '%geohash%' OR name LIKE '%money%' OR name LIKE '%word%'
ORDER BY module, signature;

-- In a projection. Calls nest, and take whatever SQL computes.
SELECT title,
  text.slugify(title) AS slug,
  text.initials(title) AS initials,
  text.slugify(text.truncate(title, 12, '')) AS short_slug
FROM chinook.album
WHERE artistid = 90
ORDER BY albumid
LIMIT 6;

-- NULL is NULL: a function is not called for it, unless its interface asks for an option.
SELECT name,
  CASE WHEN text.coalesce_len(composer) > 0 THEN text.truncate(composer, 20, NULL) ELSE '(unknown)' END
    AS composer,
  text.word_count(composer) AS words,
  text.coalesce_len(composer) AS length
FROM chinook.track
WHERE trackid IN (2, 5, 6, 63)
ORDER BY trackid;

-- In a filter: love songs, by words and not by letters (no 'Glove', no 'Clover').
SELECT g.name AS genre, COUNT(*) AS love_songs, MIN(t.name) AS one_of_them
FROM chinook.track AS t
JOIN chinook.genre AS g ON g.genreid = t.genreid
WHERE text.contains_word(t.name, 'LOVE')
GROUP BY g.name
HAVING COUNT(*) > 2
ORDER BY love_songs DESC, genre;

-- In GROUP BY and ORDER BY: how long are the titles of music?
SELECT text.word_count(name) AS words, COUNT(*) AS tracks, AVG(milliseconds) / 1000 AS seconds
FROM chinook.track
GROUP BY text.word_count(name)
ORDER BY text.word_count(name)
LIMIT 8;

-- Exact decimals in and out: sums of money, written as people write them.
SELECT billingcountry AS country,
  money.format_money(SUM(total), 'USD') AS revenue,
  money.format_money(money.without_tax(SUM(total), 19.0), 'USD') AS before_tax
FROM chinook.invoice
GROUP BY billingcountry
HAVING SUM(total) > 100
ORDER BY SUM(total) DESC;

-- A join across both databases, on what the names have in common without accents and case: Chinook's
-- customers from overseas and FoodMart's in Canada.
SELECT c.firstname || ' ' || c.lastname AS chinook_customer,
  COUNT(*) AS foodmart_namesakes,
  MIN(f.fullname) AS one_of_them
FROM chinook.customer AS c
JOIN foodmart.customer AS f ON text.normalize(c.lastname) = text.normalize(f.lname)
WHERE c.country NOT IN ('USA', 'Canada', 'United Kingdom') AND f.country = 'Canada'
GROUP BY c.firstname, c.lastname
ORDER BY foodmart_namesakes DESC, chinook_customer;

-- A join on similarity: which managers of FoodMart's stores could be meant by Chinook's customers?
SELECT c.lastname AS customer, s.store_manager AS manager, s.store_city AS store,
  text.levenshtein(c.lastname, s.store_manager) AS edits,
  CAST(text.similarity(c.lastname, s.store_manager) AS DECIMAL(4, 2)) AS similarity
FROM chinook.customer AS c
JOIN foodmart.store AS s ON text.levenshtein(c.lastname, s.store_manager) <= 2
ORDER BY similarity DESC, customer, store;

-- A table of our own, in the embedded database: where some cities are.
CREATE TABLE city (name VARCHAR(30) NOT NULL, place VARCHAR(40) NOT NULL, PRIMARY KEY (name));

INSERT INTO city VALUES
  ('Vancouver', '49°16′58″N 123°7′15″W'), ('Victoria', '48°25′42″N 123°21′56″W'),
  ('Seattle', '47°36′22″N 122°19′55″W'), ('Portland', '45°31′12″N 122°40′55″W'),
  ('San Francisco', '37°46′46″N 122°25′9″W'), ('Los Angeles', '34°3′8″N 118°14′37″W'),
  ('San Diego', '32°42′57″N 117°9′40″W'), ('Mexico City', '19°25′57″N 99°7′59″W'),
  ('Redmond', '47.674, -122.1215'), ('Mountain View', '37.3861, -122.0839'),
  ('Cupertino', '37.323, -122.0322'), ('Reno', '39.5296, -119.8138'),
  ('Tucson', '32.2217, -110.9265'), ('Salt Lake City', '40.7608, -111.891'),
  ('Edmonton', '53.5461, -113.4938');

-- Functions may return rows. A view hides them.
CREATE VIEW place AS
SELECT name, geo.parse_point(place) AS point FROM city;

SELECT p.name,
  CAST(p.point.lat AS DECIMAL(7, 4)) AS lat,
  CAST(p.point.lon AS DECIMAL(7, 4)) AS lon,
  geo.geohash_encode(p.point.lat, p.point.lon, 6) AS geohash,
  geo.format_point(p.point) AS written
FROM place AS p
ORDER BY geo.geohash_encode(p.point.lat, p.point.lon, 6)
LIMIT 6;

-- Three databases in one statement: for each Chinook customer in the west, the nearest FoodMart
-- store, by distance on the globe.
SELECT customer, city, store, CAST(km AS DECIMAL(6, 1)) AS km, direction
FROM (
  SELECT c.firstname || ' ' || c.lastname AS customer, c.city, s.store_city AS store,
    geo.distance(pc.point, ps.point) AS km,
    geo.compass(geo.bearing(pc.point.lat, pc.point.lon, ps.point.lat, ps.point.lon)) AS direction,
    ROW_NUMBER() OVER (PARTITION BY c.customerid ORDER BY geo.distance(pc.point, ps.point)) AS nearest
  FROM chinook.customer AS c
  JOIN place AS pc ON pc.name = c.city
  CROSS JOIN foodmart.store AS s
  JOIN place AS ps ON ps.name = s.store_city)
WHERE nearest = 1
ORDER BY km, customer;

-- Revenue of both companies side by side, converted and written in three currencies.
SELECT chain, country, money.format_money(revenue, 'USD') AS usd,
  money.format_money(money.convert(revenue, 0.91, 2), 'EUR') AS eur,
  money.format_money(money.convert(revenue, 147.3, 0), 'JPY') AS jpy
FROM (
  SELECT 'Chinook' AS chain, billingcountry AS country, SUM(total) AS revenue
  FROM chinook.invoice
  WHERE billingcountry IN ('USA', 'Canada')
  GROUP BY billingcountry
  UNION ALL
  SELECT 'FoodMart', s.store_country, SUM(f.store_sales)
  FROM foodmart.sales_fact_1998 AS f
  JOIN foodmart.store AS s ON s.store_id = f.store_id
  WHERE f.time_id < 760
  GROUP BY s.store_country)
ORDER BY revenue DESC;

-- Arrays: the largest invoices, each in three parts that differ by a cent at most.
SELECT invoiceid, total, money.split_evenly(total, 3) AS parts
FROM chinook.invoice
ORDER BY total DESC, invoiceid
LIMIT 3;

-- A guest's error is an SQL error with its SQLSTATE, and the connection lives on. fails: 22018
SELECT money.parse_money('a dozen dollars');

-- So it is with what does not exist. fails: 42883
SELECT text.slugfy(title) FROM chinook.album;

-- What ran all this.
SELECT runtime, optimising FROM wasm.engine;
