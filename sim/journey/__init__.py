"""What happens to a customer, from dialling to goodbye and back again."""
