using 'main.bicep'

// From the environment, so that this file is the same for everybody. Every other parameter has a default in main.bicep.
param twilioMessagingServiceSid = readEnvironmentVariable('TWILIO_MESSAGING_SERVICE_SID')
param alertEmails = split(readEnvironmentVariable('ALERT_EMAILS'), ',')
