using 'main.bicep'

// From the environment, so that this file is the same for all. Every other parameter has a default in main.bicep.
param twilioMessagingServiceSid = readEnvironmentVariable('TWILIO_MESSAGING_SERVICE_SID')
param alertEmails = split(readEnvironmentVariable('ALERT_EMAILS'), ',')

// azd sets it to the name of its environment.
param environmentName = readEnvironmentVariable('AZURE_ENV_NAME', '')

// A JSON object of app settings, such as {"Prices__DE": "0.0925", "Limits__RecipientsPerDay": "50000"}: all that have no parameter of their own.
param settings = json(readEnvironmentVariable('BULKSMS_SETTINGS', '{}'))

// Names with commas between them. deploy/infra.sh and azd set it to those that are switched off now.
param disabledFunctions = filter(split(readEnvironmentVariable('DISABLED_FUNCTIONS', ''), ','), name => !empty(name))
