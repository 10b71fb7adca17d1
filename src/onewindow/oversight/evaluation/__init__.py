"""What people say of the service they had (好差评), and what is done about what was bad."""
