/**
 * Examples of values that only the service can make, and that requests need. No other text of the API documentation contains
 * one, so that a tool can send the value that it got last in place of the example: `/docs` and the Postman collection do.
 */
export const EXAMPLE_VALUES = {
  checkout_id: 'q1zC0cRk0xVn3TzqVd2vRg',
  session_id: 'C0aXy0vOqW3kq2uNw1nJc5m7pJb6r1d2s3t4u5v6w7x',
  account_id: 'acct_Zk3vJq0Jr0X1mXlq8c1m5A',
  guest_token: 'eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.eyJzdWIiOiJndWVzdCIsImd1ZXN0Ijp0cnVlfQ.c2lnbmF0dXJl',
  refresh_token:
    'acct_p7Jb6r1d2s3t4u5v6w7xZk.q2uNw1nJc5m7pJb6r1d2s3t4u5v6w7xC0aXy0vOqW3k.1.mYq0Zk3vJq0Jr0X1mXlq8c1m5AC0aXy0vOqW3kq2uNw',
} as const;
