"""All functions of DMN 1.5 and the extensions that editors offer; importing registers them."""
